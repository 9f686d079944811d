/// Reads fixed forms of numbers out of ASCII text, from left to right, without ever going past its end.
struct ByteReader {
    let bytes: [UInt8]
    var position = 0

    init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    /// Exactly that many decimal digits.
    mutating func number(digits count: Int) -> Int? {
        guard position + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + count] {
            guard byte.isDigit else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        position += count
        return value
    }

    /// As many digits as there are, up to nine, which no `Int` overflows.
    mutating func number() -> Int? {
        var end = position
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        guard end > position, end - position <= 9 else { return nil }
        return number(digits: end - position)
    }

    mutating func date() -> CivilDate? {
        guard let year = number(digits: 4), take(UInt8(ascii: "-")), let month = number(digits: 2),
            take(UInt8(ascii: "-")), let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `02:00` or `02:00:00`, as the second of the day.
    mutating func timeOfDay() -> Int? {
        guard let hour = number(digits: 2), hour < 24, take(UInt8(ascii: ":")),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        guard take(UInt8(ascii: ":")) else { return hour * 3600 + minute * 60 }
        guard let second = number(digits: 2), second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    mutating func fullTimeOfDay() -> Int? {
        let start = position
        guard let second = timeOfDay(), position - start == 8 else { return nil }
        return second
    }

    /// Microseconds of an optional `.25`.
    mutating func fraction() -> Int? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        var (value, places) = (0, 0)
        while let byte = peek, byte.isDigit {
            if places < 6 { value = value * 10 + Int(byte - UInt8(ascii: "0")) }
            (position, places) = (position + 1, places + 1)
        }
        guard places > 0 else { return nil }
        for _ in min(places, 6)..<6 { value *= 10 }
        return value
    }

    /// `Z`, or `+01:00`, in seconds east.
    mutating func utcOffset() -> Int? {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let sign: Int
        if take(UInt8(ascii: "+")) { sign = 1 } else if take(UInt8(ascii: "-")) { sign = -1 } else { return nil }
        guard let hour = number(digits: 2), hour < 24, take(UInt8(ascii: ":")),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        return sign * (hour * 3600 + minute * 60)
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
}

/// A number with leading zeros.
func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value.magnitude)
    let padding = String(repeating: "0", count: max(0, width - text.count))
    return (value < 0 ? "-" : "") + padding + text
}
