import Glibc

enum ReadProblem: Error, CustomStringConvertible {
    case system(CInt)
    case tooLong(limit: Int)

    var description: String {
        switch self {
        case .system(let code): errorText(code)
        case .tooLong(let limit): "it is longer than \(limit) bytes"
        }
    }
}

/// A small file's bytes.
func readFile(_ path: String, limit: Int) -> Result<[UInt8], ReadProblem> {
    let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    guard file.number >= 0 else { return .failure(.system(errno)) }
    defer { file.close() }
    var failure: CInt = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
        while count <= limit {
            let read = Glibc.read(file.number, buffer.baseAddress.map { $0 + count }, limit + 1 - count)
            if read < 0 && errno == EINTR { continue }
            if read < 0 { failure = errno }
            if read <= 0 { break }
            count += read
        }
    }
    if failure != 0 { return .failure(.system(failure)) }
    return bytes.count > limit ? .failure(.tooLong(limit: limit)) : .success(bytes)
}

/// What an `errno` means: `no such file or directory`.
func errorText(_ code: CInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.prefix(1).lowercased() + text.dropFirst()
}
