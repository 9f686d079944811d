import CLibPQ

/// The libpq that this program was loaded with.
public enum ClientLibrary {
    /// As a number: 150018 is 15.18.
    public static var version: Int32 { PQlibVersion() }
}
