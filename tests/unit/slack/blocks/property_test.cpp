// Scenario 34, Slack's part: whatever stands in a card, page or form, Slack takes it, and it deceives nobody.

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <random>

#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "support/catch.hpp"
#include "unit/slack/blocks/pretty.hpp"
#include "unit/slack/blocks/validator.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

/// Makes things as nasty as anybody could.
class Nasty {
public:
    explicit Nasty(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>{0, bound - 1}(random_);
    }
    bool once_in(std::size_t times) { return below(times) == 0; }

    std::string text(std::size_t most_pieces = 12) {
        if (once_in(8)) return {};
        if (once_in(400)) return repeated(piece(), 40'000).substr(0, 40'000);
        if (once_in(40)) return repeated(piece(), below(400) + 50);
        std::string out;
        for (std::size_t n = below(most_pieces) + 1; n > 0; --n) out += piece();
        return out;
    }

    std::vector<Option> options() {
        std::vector<Option> all(once_in(30) ? below(300) : below(9));
        for (Option& each : all) each = {text(4), text(3)};
        return all;
    }

    Button button() {
        static const std::string_view ids[] = {"claim", "snooze", "hand_over", "dismiss", "why", "open"};
        Button out;
        out.id = once_in(6) ? text() : std::string{ids[below(6)]};
        out.label = text();
        out.style = ButtonStyle(below(3));
        if (once_in(3)) out.options = options();
        if (once_in(4)) out.url = once_in(2) ? text() : "https://example.org/" + std::to_string(below(100));
        if (once_in(5)) out.url = "https://example.org/" + repeated("x", below(5000));
        if (once_in(4)) out.confirm = text();
        return out;
    }

    Quote quote() {
        Quote out{text(), text(40), std::nullopt, once_in(2) ? "https://example.org/m" : text()};
        if (!once_in(3)) out.at = Time{std::chrono::milliseconds{std::int64_t(random_()) * 1000}};
        if (once_in(20)) out.at = Time::min();
        if (once_in(20)) out.at = Time::max();
        return out;
    }

    template <class T, class Make>
    std::vector<T> some(std::size_t usual, Make make) {
        std::vector<T> all;
        for (std::size_t n = once_in(40) ? below(120) : below(usual); n > 0; --n)
            all.push_back((this->*make)());
        return all;
    }

    Field field() { return {once_in(3) ? "Who" : text(), text()}; }
    HistoryLine line() { return {Time{std::chrono::seconds{below(2'000'000'000)}}, text()}; }

    Card card() {
        Card out;
        out.id = once_in(3) ? text() : "alert:12";
        out.revision = std::uint32_t(random_());
        out.tone = Tone(below(5));
        out.title = text();
        out.status = text();
        out.fields = some<Field>(8, &Nasty::field);
        out.quotes = some<Quote>(4, &Nasty::quote);
        out.buttons = some<Button>(8, &Nasty::button);
        out.history = some<HistoryLine>(5, &Nasty::line);
        out.picture = once_in(2) ? "https://example.org/face.png" : text();
        return out;
    }

    Part part() {
        Part out;
        out.heading = text();
        out.text = text(60);
        out.picture = once_in(2) ? "https://example.org/face.png" : text();
        out.picture_text = text();
        out.fields = some<Field>(6, &Nasty::field);
        out.quotes = some<Quote>(3, &Nasty::quote);
        out.buttons = some<Button>(5, &Nasty::button);
        return out;
    }

    Page page() {
        Page out;
        out.id = text();
        out.title = text();
        out.parts = some<Part>(5, &Nasty::part);
        return out;
    }

    FormField form_field() {
        FormField out;
        out.id = once_in(4) ? text() : "field" + std::to_string(below(5));
        out.label = text();
        out.kind = FieldKind(below(4));
        out.hint = text();
        out.options = options();
        if (once_in(300)) out.options.resize(12'000, {"One", "1"});
        out.required = once_in(2);
        out.several = once_in(2);
        out.asks_again = once_in(3);
        static const std::string values[] = {
            "2026-11-22 14:30", "2026-02-31 25:99", "slack:T1:U1", "slack:T1:", "1", ""};
        out.value = once_in(2) ? values[below(6)] : text();
        if (!out.options.empty() && once_in(2)) out.value = out.options[below(out.options.size())].value;
        return out;
    }

    Form form() {
        Form out;
        out.id = text();
        out.card = text();
        out.title = text();
        out.submit = text();
        out.fields = some<FormField>(6, &Nasty::form_field);
        out.text = text(60);
        out.context = once_in(5) ? repeated(piece(), 5000) : text();
        out.buttons = some<Button>(5, &Nasty::button);
        return out;
    }

private:
    std::string piece() {
        static const std::string pieces[] = {"word ",
                                             "a",
                                             " ",
                                             "\n",
                                             "\t",
                                             "<!channel>",
                                             "@here",
                                             "@everyone",
                                             "&lt;!channel&gt;",
                                             "<@U1>",
                                             "*bold*",
                                             "_",
                                             "`",
                                             "&",
                                             "<",
                                             ">",
                                             "https://evil.example/|click",
                                             "👍",
                                             "👩‍👩‍👧‍👦",
                                             "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                                             "é",
                                             "\u0301",
                                             "日本語",
                                             "العربية",
                                             "שלום",
                                             "\u202E",
                                             "\u202A",
                                             "\u2066",
                                             "\u2069",
                                             "\u200B",
                                             "\u200D",
                                             "\u200E",
                                             "\uFEFF",
                                             "\u3164",
                                             "\xFF",
                                             "\xC0\xAF",
                                             "\xED\xA0\x80",
                                             "\xF0\x9F",
                                             std::string(1, '\0'),
                                             "\x1B[31m",
                                             "\u2028",
                                             "|",
                                             "=",
                                             "~",
                                             ":",
                                             "\"",
                                             "\\",
                                             "ﷺ",
                                             "\u0E33",
                                             "\uFFFE",
                                             "👨\u200D"};
        return pieces[below(std::size(pieces))];
    }

    static std::string repeated(const std::string& what, std::size_t times) {
        std::string out;
        while (times-- > 0) out += what;
        return out;
    }

    std::mt19937 random_;
};

/// What must not be in anything that we send: it would change what others read, and nobody could see it.
void check_honest(const json::object& sent) {
    const std::string words = test::visible_words(sent);
    for (const std::string_view trick : {"\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\uFEFF",
                                         "\u200E", "\u200F", "\u2060", "\u3164", "\u001B"})
        CHECK(words.find(trick) == std::string::npos);
    CHECK(test::code_points(words) >= 0);
}

void check_message(const json::object& message) {
    const auto complaints = test::complaints_about_message(message);
    if (complaints.empty()) return check_honest(message);
    FAIL_CHECK(test::listed(complaints));
}

void check_view(const json::object& view) {
    const auto complaints = test::complaints_about_view(view);
    if (complaints.empty()) return check_honest(view);
    FAIL_CHECK(test::listed(complaints));
}

}  // namespace

TEST_CASE("scenario 34: a thousand nasty cards are messages that Slack takes") {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        INFO("seed " << seed);
        Nasty nasty{seed};
        const Card card = nasty.card();
        check_message(card_message(card, {{"U1", nasty.text(), "W2"}}));
        check_message(history_message(card.history));
        check_message(outcome_message(card));
        check_message(notice_message(card.status));
    }
}

TEST_CASE("scenario 34: a thousand nasty pages are messages and views that Slack takes") {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        INFO("seed " << seed);
        Nasty nasty{seed};
        const Page page = nasty.page();
        check_message(page_message(page));
        check_view(page_view(page));
        check_view(home_view(page));
        check_view(error_view(page.title, page.id));
        check_view(loading_view(page.title));
    }
}

TEST_CASE("scenario 34: a thousand nasty forms are views that Slack takes") {
    for (std::uint32_t seed = 0; seed < 1000; ++seed) {
        INFO("seed " << seed);
        Nasty nasty{seed};
        const Form form = nasty.form();
        check_view(form_view(form, {FormFor::office, seed, nasty.text()}));
        OwnForm own;
        own.kind = OwnForm::Kind(seed % 2);
        own.card = nasty.text();
        check_view(own_form_view(own, nasty.text(), nasty.text(), nasty.text()));
    }
}

}  // namespace rapport::slack
