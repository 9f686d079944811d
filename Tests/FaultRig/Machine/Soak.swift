import Glibc

/// Whether the long forms of tests are asked for (`ROTA_SOAK=1`).
public enum Soak {
    public static var isAsked: Bool { getenv("ROTA_SOAK").map { String(cString: $0) } == "1" }
}
