/// The bytes of parameters, one after the other, in network order.
public struct PostgresBuffer: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var isNull = false

    init() {}

    /// Says that the value being written is null.
    public mutating func writeNull() {
        isNull = true
    }

    /// Appends a number in network byte order.
    public mutating func write<T: FixedWidthInteger>(_ value: T) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    public mutating func write(_ raw: some Sequence<UInt8>) {
        bytes.append(contentsOf: raw)
    }

    /// Writes a value with its length before it, as an array's elements are written.
    mutating func writeSized(_ body: (inout PostgresBuffer) -> Void) {
        let start = bytes.count
        write(Int32(0))
        let outer = isNull
        isNull = false
        body(&self)
        let length = isNull ? -1 : Int32(bytes.count - start - 4)
        isNull = outer
        withUnsafeBytes(of: length.bigEndian) { bytes.replaceSubrange(start..<start + 4, with: $0) }
    }

    mutating func startValue() {
        isNull = false
    }

    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(count)
    }
}
