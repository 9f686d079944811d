/// The program's version, which `rota --version` tells.
enum Version {
    static let current = "0.1.0"
}
