import Model
import Recurrence

extension RetryPolicy: Written {
    private static let standard = RetryPolicy()

    enum Fields {
        static let attempts = Field<RetryPolicy, Int>.standard(
            "attempts", .integer(1...100, suchAs: 3), standard.attempts, "All attempts counted, the first included"
        ) { $0.attempts }
        static let wait = Field<RetryPolicy, Span>.standard(
            "wait", .span(from: Span()), standard.wait, "Before the second attempt"
        ) { $0.wait }
        static let factor = Field<RetryPolicy, Double>.standard(
            "factor", .number(1...10), standard.factor, "By which the wait grows with each further attempt"
        ) { $0.factor }
        static let most = Field<RetryPolicy, Span>.standard(
            "most", .span(from: Span()), standard.most, "The wait never grows past this"
        ) { $0.most }
    }

    static let table = Table<RetryPolicy>(
        name: "Retry", about: "How often, and after what wait, a run that failed is tried again",
        fields: [AnyField(Fields.attempts), AnyField(Fields.wait), AnyField(Fields.factor), AnyField(Fields.most)])

    init?(_ object: ObjectReader<RetryPolicy>) {
        let attempts = object[Fields.attempts]
        let wait = object[Fields.wait]
        let factor = object[Fields.factor]
        let most = object[Fields.most]
        guard let attempts, let wait, let factor, let most else { return nil }
        if object.has("most"), most.elapsed < wait.elapsed {
            object.refuse(
                "'most' (\(most)) is less than 'wait' (\(wait))", hint: "the wait grows from 'wait' to 'most'",
                at: "most")
            return nil
        }
        self.init(attempts: attempts, wait: wait, factor: factor, most: most)
    }
}
