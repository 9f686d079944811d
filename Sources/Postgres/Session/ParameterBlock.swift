/// The parameters of one statement as libpq takes them: all bytes in one buffer, and where each value lies in it.
struct ParameterBlock {
    let types: [PostgresType.ID]
    private let bytes: [UInt8]
    private let offsets: [Int]
    private let lengths: [Int32]
    private let isNull: [Bool]

    init(_ values: [any PostgresValue]) {
        var buffer = PostgresBuffer()
        var offsets: [Int] = []
        var lengths: [Int32] = []
        var isNull: [Bool] = []
        for value in values {
            let start = buffer.bytes.count
            buffer.startValue()
            value.encodePostgres(into: &buffer)
            offsets.append(start)
            lengths.append(Int32(buffer.bytes.count - start))
            isNull.append(buffer.isNull)
        }
        // A value of no bytes still needs an address, as no address means null.
        if buffer.bytes.isEmpty { buffer.write(UInt8(0)) }
        self.types = values.map { Swift.type(of: $0).postgresType.id }
        self.bytes = buffer.bytes
        self.offsets = offsets
        self.lengths = lengths
        self.isNull = isNull
    }

    var count: Int { types.count }

    /// The texts among the values, to be blotted out of messages.
    var texts: [String] {
        types.indices.flatMap { index -> [String] in
            switch types[index] {
            case PostgresType.text.id: [String(decoding: value(index), as: UTF8.self)]
            case PostgresType.text.arrayID: ArrayFormat.texts(in: value(index))
            default: []
            }
        }
    }

    private func value(_ index: Int) -> ArraySlice<UInt8> {
        isNull[index] ? [] : bytes[offsets[index]..<offsets[index] + Int(lengths[index])]
    }

    /// Addresses, lengths and formats (all binary) of the values, for as long as `body` runs.
    func withPointers<T>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        bytes.withUnsafeBytes { raw in
            let base = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            let placed = offsets.indices.map { index in
                isNull[index] ? nil : base.map { UnsafePointer($0 + offsets[index]) }
            }
            let formats = [Int32](repeating: 1, count: offsets.count)
            return placed.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { body(values.baseAddress, lengths.baseAddress, $0.baseAddress) }
                }
            }
        }
    }
}
