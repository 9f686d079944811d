/// How a throwaway server is set up.
public struct ClusterOptions: Sendable {
    /// Whether what is committed survives the machine. Tests that kill the server's processes do not need it.
    public var fsync: Bool
    public var maxConnections: Int
    /// Further settings, as in `postgresql.conf`.
    public var settings: [String: String]
    /// The server's files are on a disk of their own of so many mebibytes (see `Disk.whyNot`), which a test can fill; nil
    /// where they are beside all others.
    public var disk: Int?
    /// The network in which it runs, and at which of its addresses it listens; nil where it has its socket alone.
    public var network: (path: String, address: String)?

    public init(
        fsync: Bool = false, maxConnections: Int = 100, settings: [String: String] = [:], disk: Int? = nil,
        network: (path: String, address: String)? = nil
    ) {
        self.fsync = fsync
        self.maxConnections = maxConnections
        self.settings = settings
        self.disk = disk
        self.network = network
    }

    func file(sockets: String) -> String {
        var all = [
            "listen_addresses": network?.address ?? "", "unix_socket_directories": sockets, "port": "5432",
            "max_connections": "\(maxConnections)", "shared_buffers": "32MB", "fsync": fsync ? "on" : "off",
            "full_page_writes": fsync ? "on" : "off", "log_min_messages": "warning", "timezone": "UTC",
            "logging_collector": "off",
        ]
        all.merge(settings) { _, given in given }
        return all.sorted { $0.key < $1.key }.map { "\($0.key) = '\($0.value)'\n" }.joined()
    }
}
