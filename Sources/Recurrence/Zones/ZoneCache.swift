import Synchronization

/// The zones that were read, each with the state of its file then, so that a changed file is read anew.
final class ZoneCache: Sendable {
    static let shared = ZoneCache(directories: ZoneFiles.directories)

    private struct Entry {
        var zone: Zone
        var path: String
        var stamp: ZoneFiles.Stamp
    }

    private let directories: @Sendable () -> [String]
    private let entries = Mutex<[String: Entry]>([:])

    init(directories: @escaping @Sendable () -> [String]) { self.directories = directories }

    func zone(_ name: String) throws(ZoneError) -> Zone {
        guard ZoneNames.isWellFormed(name) else { throw .unknown(name: name, nearest: ZoneNames.nearest(to: name)) }
        let directories = directories()
        for directory in directories {
            let path = "\(directory)/\(name)"
            guard let stamp = ZoneFiles.stamp(path) else { continue }
            return try zone(name, path, stamp)
        }
        if name == "UTC" { return .utc }
        guard directories.contains(where: { ZoneFiles.isDirectory($0) }) else {
            throw .noData(name: name, directories: directories)
        }
        throw .unknown(name: name, nearest: ZoneNames.nearest(to: name))
    }

    private func zone(_ name: String, _ path: String, _ stamp: ZoneFiles.Stamp) throws(ZoneError) -> Zone {
        if let entry = entries.withLock({ $0[name] }), entry.path == path, entry.stamp == stamp { return entry.zone }
        let zone: Zone
        do throws(TZifReader.Problem) {
            var reader = TZifReader(try ZoneFiles.read(path, most: TZifReader.mostBytes))
            zone = Zone(name: name, table: try reader.table())
        } catch {
            throw .unreadable(name: name, path: path, problem: error.text)
        }
        entries.withLock { $0[name] = Entry(zone: zone, path: path, stamp: stamp) }
        return zone
    }
}
