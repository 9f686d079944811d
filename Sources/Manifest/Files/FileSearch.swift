import Glibc

/// Finds the manifests that some paths name: files themselves, and what lies in folders, each file once.
struct FileSearch {
    private(set) var files: [String] = []
    private(set) var problems: [Problem] = []
    private var seenFiles: Set<Identity> = []
    private var seenFolders: Set<Identity> = []

    /// What a file is, whatever path or link leads to it.
    private struct Identity: Hashable {
        var device: UInt
        var inode: UInt

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
        }
    }

    mutating func add(_ path: String) {
        guard let status = status(path) else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            if seenFiles.insert(Identity(status)).inserted { files.append(path) }
            return
        }
        let before = (files.count, problems.count)
        search(path, status, depth: 1)
        if before == (files.count, problems.count), seenFiles.isEmpty {
            refuse(path, "there is no manifest in this folder", "manifests end in .yaml or .yml")
        }
    }

    private mutating func search(_ folder: String, _ status: stat, depth: Int) {
        // A link may lead back up: a folder that was searched is not searched again.
        guard depth <= Limits.folders, seenFolders.insert(Identity(status)).inserted,
            let names = names(in: folder)
        else { return }
        for name in names.sorted() {
            let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            guard let status = self.status(path, isOptional: true) else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: search(path, status, depth: depth + 1)
            case S_IFREG where name.hasSuffix(".yaml") || name.hasSuffix(".yml"):
                if seenFiles.insert(Identity(status)).inserted { files.append(path) }
            default: continue
            }
        }
    }

    private mutating func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else {
            refuse(folder, FileBytes.reason(errno), "see to it that it can be read")
            return nil
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// What a path leads to. A link that leads nowhere is a problem only where somebody named it.
    private mutating func status(_ path: String, isOptional: Bool = false) -> stat? {
        var status = stat()
        guard stat(path, &status) != 0 else { return status }
        if !isOptional { refuse(path, FileBytes.reason(errno), "name a manifest, or a folder of manifests") }
        return nil
    }

    private mutating func refuse(_ path: String, _ message: String, _ hint: String) {
        problems.append(Problem(file: path, message: message, hint: hint))
    }
}
