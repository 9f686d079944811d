extension RawSpan {
    /// The integer in network order at an offset.
    /// - Throws: `PostgresDecodingProblem` where the bytes end before.
    func integer<T: FixedWidthInteger & BitwiseCopyable>(at offset: Int = 0, as type: T.Type = T.self) throws -> T {
        guard offset >= 0, byteCount - offset >= MemoryLayout<T>.size else {
            throw PostgresDecodingProblem("has \(byteCount) bytes, too few for \(T.self)")
        }
        return T(bigEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: T.self))
    }
}
