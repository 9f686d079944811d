import Testing

@Suite struct DocumentationTests {
    @Test(arguments: [
        "public struct A {}", "// A comment\npublic struct A {}",
        "/// Of something else\nlet b = 1\npublic func a() {}",
        "@discardableResult\npublic func a() {}", "public static func a() {}", "open class A {}",
        "public final class A {}",
        "@inlinable public func a() {}", "public nonisolated(unsafe) static func a() {}", "open class func a() {}",
    ])
    func `is not documented`(source: String) {
        #expect(Documentation.faults(in: sample(source)).count == 1)
    }

    @Test(arguments: [
        "/// What it is.\npublic struct A {}",
        "/// What it is.\n@available(*, deprecated)\n@inlinable\npublic func a() {}",
        "/// What it is.\nfinal public class A {}", "struct A {}", "public extension A {}", "public import Model",
        "public let year: Int", "public static func < (a: A, b: A) -> Bool", "public func hash(into: inout Hasher) {}",
        "/** What it is. */ public func a() {}", "/// What it is.\n@Sendable public func a() {}",
        "let open = a\nfunc b() {}",
    ])
    func `is documented, or says it by itself`(source: String) {
        #expect(Documentation.faults(in: sample(source)).isEmpty)
    }

    @Test func `what a protocol asks for is documented there`() {
        let file = sample("/// What it is.\npublic protocol A { func b() }\nextension Int: A { public func b() {} }")
        #expect(Documentation.faults(in: file).lines == [3])
        #expect(Documentation.faults(in: file, witnesses: Documentation.witnesses(in: [file])).isEmpty)
    }

    @Test func `rooms that nobody else uses may be silent`() {
        #expect(Documentation.faults(in: sample("public struct A {}", at: "Sources/Worker/A.swift")).isEmpty)
    }
}
