import Model
import Testing

@testable import Manifest

struct JSONNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "-0"), ("-0.0", "-0.0"), ("0e5", "0"), ("-0E-7", "-0"), ("1e0", "1"), ("1e1", "10"),
        ("10e-1", "1"), ("10e-2", "0.1"), ("1.5e1", "15"), ("1.5e2", "150"), ("0.00015e4", "1.5"),
        ("123.456e-3", "0.123456"),
        ("123.4560e1", "1234.56"), ("9e29", "9" + String(repeating: "0", count: 29)),
    ]) func `it is written out exactly`(_ text: String, _ wanted: String) {
        #expect(JSONNumber.read(text) == .number(wanted))
        #expect(FactValue(wanted) == Double(text).map(FactValue.number))
    }

    @Test(arguments: [
        "", "-", "+1", "1.", ".5", "01", "1e", "1e+", "1e1e1", "1.2.3", "1e1.5", "Infinity", "-nan", "1_0", "１",
    ])
    func `what is no number of JSON is none`(_ text: String) {
        #expect(JSONNumber.read(text) == .none)
    }

    @Test(arguments: ["9e30", "1e-29", "1e9223372036854775808", "-1e-9223372036854775808"])
    func `what takes more than thirty characters is too long`(_ text: String) {
        #expect(JSONNumber.read(text) == .tooLong)
    }
}
