import Store

enum EvidenceFile {
    /// A file's whole content, under its name without the folders.
    ///
    /// - Throws: `CommandFailure` where it cannot be read, or is larger than is kept.
    static func read(_ path: String) throws -> Evidence {
        let content = try InputFile.read(path)
        guard content.count <= Evidence.largest else {
            throw CommandFailure(
                "it has \(content.count) bytes, and at most \(Evidence.largest) are kept",
                mend: "pack it, or keep it elsewhere and say in the note where", at: path)
        }
        return Evidence(name: String(path.split(separator: "/").last ?? "evidence"), content: content)
    }
}
