import Glibc

/// Where a worker finds the secrets that jobs name. They are never in the database, in a manifest or in a log.
///
/// A secret `patch-token` is the file of that name in one of the directories, or the worker's environment variable
/// `ROTA_SECRET_PATCH_TOKEN`; the first found counts. One line break at its end does not belong to it.
public struct SecretSource: Sendable {
    /// The longest secret, in bytes: 64 KiB.
    public static let limit = 65_536

    /// Absolute, searched in this order: systemd's `$CREDENTIALS_DIRECTORY` first, then those of `--secrets-dir`.
    public var directories: [String]
    private let variables: [String: String]

    /// Of the environment only `ROTA_SECRET_…` is kept.
    public init(directories: [String] = [], environment: [String: String] = [:]) {
        self.directories = directories
        variables = environment.filter { $0.key.hasPrefix(Self.prefix) }
    }

    func value(of name: String) throws(SecretProblem) -> [UInt8] {
        guard Self.isName(name) else { throw SecretProblem(name: name, cause: "is no name of a secret") }
        let value = try trimmed(fromFile(name) ?? variables[Self.variable(for: name)].map { Array($0.utf8) })
        guard let value else {
            let places = directories.map { "\($0)/\(name)" } + ["$\(Self.variable(for: name))"]
            throw SecretProblem(
                name: name, cause: "is not known to this worker: it would be in \(places.joined(separator: " or "))")
        }
        guard !value.isEmpty else { throw SecretProblem(name: name, cause: "is empty") }
        guard !value.contains(0) else { throw SecretProblem(name: name, cause: "holds a NUL byte") }
        return value
    }

    private static let prefix = "ROTA_SECRET_"

    /// `ROTA_SECRET_PATCH_TOKEN` for `patch-token`.
    private static func variable(for name: String) -> String {
        prefix + name.uppercased().map { $0 == "-" || $0 == "." ? "_" : String($0) }.joined()
    }

    /// A name must not lead out of the directory.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 255 else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
            default: false
            }
        }
    }

    private func fromFile(_ name: String) throws(SecretProblem) -> [UInt8]? {
        for directory in directories {
            switch readFile("\(directory)/\(name)", limit: Self.limit) {
            case .success(let bytes): return bytes
            case .failure(.system(ENOENT)): continue
            case .failure(let problem): throw SecretProblem(name: name, cause: "cannot be read: \(problem)")
            }
        }
        return nil
    }

    private func trimmed(_ bytes: [UInt8]?) -> [UInt8]? {
        guard var bytes else { return nil }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }
}

struct SecretProblem: Error, CustomStringConvertible {
    var name: String
    var cause: String
    var description: String { "the secret '\(name)' \(cause)" }
}
