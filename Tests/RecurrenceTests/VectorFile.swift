import FoundationEssentials

/// A file of cases with their right answers, one JSON object a line.
///
/// `ROTA_VECTORS` names another folder with files of the same names: `make vectors` makes one from a seed.
enum VectorFile {
    static func read<Case: Decodable>(_ name: String, _ file: String = #filePath) throws -> [Case] {
        let here = "/" + file.split(separator: "/").dropLast().joined(separator: "/") + "/Vectors"
        var folder = here
        if let other = ProcessInfo.processInfo.environment["ROTA_VECTORS"], !other.isEmpty { folder = other }
        let path = "\(folder)/\(name)"
        let data = try Data(
            contentsOf: URL(filePath: FileManager.default.fileExists(atPath: path) ? path : "\(here)/\(name)"))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Case.self, from: $0) }
    }
}
