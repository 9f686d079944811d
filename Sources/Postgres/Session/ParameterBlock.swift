/// The parameters of one statement as libpq takes them: all bytes in one buffer, and where each value lies in it.
struct ParameterBlock {
    let types: [PostgresType.ID]
    private let bytes: [UInt8]
    /// Where each value begins; nil is null.
    private let starts: [Int?]
    private let lengths: [Int32]

    init(_ values: [any PostgresValue]) {
        var buffer = PostgresBuffer()
        buffer.reserve(values.count * 16)
        var starts: [Int?] = []
        var lengths: [Int32] = []
        starts.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        for value in values {
            let start = buffer.bytes.count
            buffer.startValue()
            value.encodePostgres(into: &buffer)
            starts.append(buffer.isNull ? nil : start)
            lengths.append(Int32(buffer.bytes.count - start))
        }
        // A value of no bytes needs an address too, as none means null.
        if buffer.bytes.isEmpty { buffer.write(UInt8(0)) }
        self.types = values.map { Swift.type(of: $0).postgresType.id }
        self.bytes = buffer.bytes
        self.starts = starts
        self.lengths = lengths
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
        starts[index].map { bytes[$0..<$0 + Int(lengths[index])] } ?? []
    }

    /// Addresses, lengths and formats (all binary) of the values, for as long as `body` runs.
    func withPointers<T>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> T
    ) -> T {
        bytes.withUnsafeBytes { raw in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { addresses in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                    for index in 0..<count {
                        addresses.initializeElement(at: index, to: address(of: index, in: raw))
                        formats.initializeElement(at: index, to: 1)
                    }
                    return lengths.withUnsafeBufferPointer {
                        body(UnsafePointer(addresses.baseAddress), $0.baseAddress, UnsafePointer(formats.baseAddress))
                    }
                }
            }
        }
    }

    private func address(of index: Int, in raw: UnsafeRawBufferPointer) -> UnsafePointer<CChar>? {
        guard let start = starts[index], let base = raw.baseAddress else { return nil }
        return (base + start).assumingMemoryBound(to: CChar.self)
    }
}
