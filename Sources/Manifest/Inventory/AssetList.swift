import Model

/// Assets read from a file of another inventory's.
public struct AssetList: Sendable {
    /// An asset, and the line on which it begins.
    public struct Entry: Hashable, Sendable {
        public var asset: Asset
        public var line: Int
    }

    public let file: String
    /// Those that could be read, in their order.
    public private(set) var entries: [Entry] = []
    /// Every line that could not be read, and why; sorted.
    public private(set) var problems: [Problem] = []

    /// Reads comma-separated values with the columns `name`, `client`, `is`, `endpoint`, `label.KEY` and `fact.KEY`, or
    /// JSON lines with an asset's fields (`name`, `client`, `is`, `endpoint`, `labels`, `facts`), which begin with `{`.
    public init(bytes: [UInt8], file: String) {
        self.file = file
        do throws(Problem) {
            let reading = Reading(source: try SourceText(bytes: [], file: file), most: .max)
            if Self.isJSON(bytes) { readJSON(bytes, reading) } else { readTable(bytes, reading) }
            problems = reading.finished()
        } catch {
            problems = [error]
        }
        refuseTwice()
        problems.sort()
    }

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        let white: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
        return bytes.first { !white.contains($0) } == UInt8(ascii: "{")
    }

    private mutating func readTable(_ bytes: [UInt8], _ reading: Reading) {
        var reader = CSVReader(bytes: bytes, file: file)
        var columns: AssetColumns?
        while let item = reader.next() {
            switch item {
            case .fault(let problem):
                reading.add(problem)
            case .record(let record) where record.isBlank:
                continue
            case .record(let record):
                guard let columns else {
                    columns = AssetColumns(record, reading: reading)
                    // Without a heading no line has a meaning.
                    if columns == nil { return }
                    continue
                }
                if let node = columns.node(record, reading: reading) { read(node, line: record.line, reading) }
            }
        }
        if columns == nil, reading.count == 0 {
            reading.add(
                Problem(
                    file: file, message: "there are no assets in it",
                    hint: "the first line names the columns: \(AssetColumns.known.joined(separator: ", "))"))
        }
    }

    private mutating func readJSON(_ bytes: [UInt8], _ reading: Reading) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let lines = bytes[start...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            var parser = JSONLine(bytes: line, line: number + 1, file: file)
            do throws(Problem) {
                if let node = try parser.document() { read(node, line: number + 1, reading) }
            } catch {
                reading.add(error)
            }
        }
    }

    private mutating func read(_ node: Node, line: Int, _ reading: Reading) {
        reading.beginDocument()
        let cursor = Cursor(node: node, path: "", name: "the line", reading: reading)
        let before = reading.count
        guard let object = ObjectReader(cursor, Asset.importTable), let asset = Asset(object),
            reading.count == before
        else { return }
        entries.append(Entry(asset: asset, line: line))
    }

    private mutating func refuseTwice() {
        var lines: [String: Int] = [:]
        for entry in entries {
            if let first = lines.updateValue(entry.line, forKey: entry.asset.name) {
                problems.append(
                    Problem(
                        file: file, line: entry.line, column: 1,
                        message: "asset '\(entry.asset.name)' is there twice", hint: "the other is on line \(first)"))
            }
        }
    }
}

extension Asset {
    /// As in a manifest, but that nobody has to say that it is an asset.
    fileprivate static let importTable = Table<Asset>(
        name: table.name, about: table.about, fields: table.fields.filter { $0.name != "kind" },
        notYet: table.notYet)
}
