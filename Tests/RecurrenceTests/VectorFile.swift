import FoundationEssentials

/// A file of cases with their right answers, one JSON object a line.
enum VectorFile {
    static func read<Case: Decodable>(_ name: String, _ file: String = #filePath) throws -> [Case] {
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        let data = try Data(contentsOf: URL(filePath: "/\(folder)/Vectors/\(name)"))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Case.self, from: $0) }
    }
}
