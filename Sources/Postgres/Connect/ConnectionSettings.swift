import CLibPQ

/// The settings of a connection as libpq takes them.
struct ConnectionSettings {
    private(set) var values: [(keyword: String, value: String)] = []

    /// Kept where nobody set another: libpq alone noticed a cut network after 45 s, with these after 3.4 s.
    private static let defaults = [
        ("keepalives_idle", "2"), ("keepalives_interval", "1"), ("keepalives_count", "3"), ("connect_timeout", "5"),
    ]

    init(_ configuration: Configuration) throws(PostgresError) {
        values = try ConnectionSettings.parse(configuration.conninfo ?? "")
        for (keyword, value) in configuration.overrides.sorted(by: { $0.key < $1.key }) {
            set(keyword, value)
        }
        // Texts are UTF-8 here, whatever the environment says.
        set("client_encoding", "UTF8")
        if let name = configuration.applicationName { set("fallback_application_name", name) }
        let known = resolvedKeywords()
        for (keyword, value) in ConnectionSettings.defaults where !known.contains(keyword) {
            set(keyword, value)
        }
    }

    mutating func set(_ keyword: String, _ value: String) {
        values.removeAll { $0.keyword == keyword }
        values.append((keyword, value))
    }

    /// The two lists of C strings, each ended by a null, for as long as `body` runs.
    func withPointers<T>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> T
    ) -> T {
        let texts = values.map { (Array($0.keyword.utf8CString), Array($0.value.utf8CString)) }
        let joined = texts.flatMap { $0.0 + $0.1 }
        return joined.withUnsafeBufferPointer { buffer in
            var keywords: [UnsafePointer<CChar>?] = []
            var values: [UnsafePointer<CChar>?] = []
            var offset = 0
            for (keyword, value) in texts {
                keywords.append(buffer.baseAddress.map { $0 + offset })
                values.append(buffer.baseAddress.map { $0 + offset + keyword.count })
                offset += keyword.count + value.count
            }
            return (keywords + [nil]).withUnsafeBufferPointer { keywords in
                (values + [nil]).withUnsafeBufferPointer { values in
                    guard let keywords = keywords.baseAddress, let values = values.baseAddress else {
                        preconditionFailure("a list that holds its end is not empty")
                    }
                    return body(keywords, values)
                }
            }
        }
    }

    private static func parse(_ conninfo: String) throws(PostgresError) -> [(String, String)] {
        var reason: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &reason) else {
            defer { PQfreemem(reason) }
            throw .badConnectionString(conninfo, reason: reason.map { String(cString: $0) } ?? "")
        }
        defer { PQconninfoFree(options) }
        return list(options)
    }

    /// The keywords that have a value by the settings, the environment or a service file.
    ///
    /// Only a connection knows what its service file says, so one is begun that leads nowhere.
    private func resolvedKeywords() -> Set<String> {
        var probe = self
        probe.set("host", "/nowhere")
        probe.set("hostaddr", "")
        guard let postgres = probe.withPointers({ PQconnectStartParams($0, $1, 0) }) else { return [] }
        defer { PQfinish(postgres) }
        guard let options = PQconninfo(postgres) else { return [] }
        defer { PQconninfoFree(options) }
        return Set(ConnectionSettings.list(options).map(\.0))
    }

    static func list(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [(String, String)] {
        var found: [(String, String)] = []
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val {
                found.append((String(cString: keyword), String(cString: value)))
            }
            next += 1
        }
        return found
    }
}
