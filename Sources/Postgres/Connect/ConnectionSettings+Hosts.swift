import CLibPQ

extension ConnectionSettings {
    /// The same with only those of several hosts that stand after the one at which this connection failed; nil where
    /// there are none.
    func hosts(after failed: OpaquePointer) -> ConnectionSettings? {
        guard let options = PQconninfo(failed) else { return nil }
        defer { PQconninfoFree(options) }
        let resolved = Dictionary(ConnectionSettings.list(options)) { first, _ in first }
        let lists = ["host", "hostaddr", "port"].map { keyword in
            (
                keyword,
                (resolved[keyword] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            )
        }
        let count = lists.map(\.1.count).max() ?? 1
        let place = (
            host: PQhost(failed).map { String(cString: $0) } ?? "",
            port: PQport(failed).map { String(cString: $0) } ?? ""
        )
        // One port may stand for all hosts. The last that fits is taken, so that this comes to an end.
        let index = (0..<count).last { index in
            func value(_ list: Int) -> String { lists[list].1.count > index ? lists[list].1[index] : lists[list].1[0] }
            return (value(0) == place.host || value(1) == place.host || value(0).isEmpty)
                && (value(2) == place.port || value(2).isEmpty)
        }
        guard let index, index + 1 < count else { return nil }
        var rest = self
        for (keyword, values) in lists where values.count > 1 {
            rest.set(keyword, values[(index + 1)...].joined(separator: ","))
        }
        return rest
    }
}
