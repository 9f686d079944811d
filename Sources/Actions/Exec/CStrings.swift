import Glibc

/// Texts as C wants them: a list of pointers with NULL at its end.
final class CStrings {
    typealias List = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    private let pointer: List
    private let count: Int

    init(_ texts: [[UInt8]]) {
        count = texts.count
        pointer = .allocate(capacity: count + 1)
        for (index, text) in texts.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
            for (place, byte) in text.enumerated() { copy[place] = CChar(bitPattern: byte) }
            copy[text.count] = 0
            (pointer + index).initialize(to: copy)
        }
        (pointer + count).initialize(to: nil)
    }

    /// The list is valid within the body only.
    func withList<Value>(_ body: (List) -> Value) -> Value {
        withExtendedLifetime(self) { body(pointer) }
    }

    deinit {
        for index in 0..<count { pointer[index]?.deallocate() }
        pointer.deallocate()
    }
}
