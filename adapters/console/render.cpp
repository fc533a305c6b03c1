#include "adapters/console/render.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "adapters/console/screen_text.hpp"

namespace rapport::console {
namespace {

constexpr std::size_t quote_lines = 12;
constexpr std::size_t field_lines = 4;
constexpr std::size_t history_shown = 5;

struct Strokes {
    std::string_view top_left, top_right, bottom_left, bottom_right, across, down, quote, dot, ellipsis;
};
constexpr Strokes unicode_strokes{"╭", "╮", "╰", "╯", "─", "│", "▏", "·", "…"};
constexpr Strokes ascii_strokes{"+", "+", "+", "+", "-", "|", ">", "-", "..."};

std::string_view colour_of(Tone tone) {
    switch (tone) {
        case Tone::asking:
            return "\x1b[1;33m";
        case Tone::claimed:
            return "\x1b[36m";
        case Tone::waiting:
            return "\x1b[34m";
        case Tone::done:
            return "\x1b[32m";
        case Tone::closed:
            return "\x1b[2m";
    }
    return "";
}

/// Builds the box, row by row. All text passes through `clean` and is measured before colours are added.
class Box {
public:
    Box(const Look& look, Tone tone)
        : look_(look),
          strokes_(look.unicode ? unicode_strokes : ascii_strokes),
          width_(std::clamp(look.width, 30, 120)),
          edge_colour_(look.colour ? colour_of(tone) : "") {}

    int inner() const { return width_ - 4; }
    const Strokes& strokes() const { return strokes_; }

    std::string clean(std::string_view text, Breaks breaks = Breaks::join) const {
        std::string tamed = tame(text, breaks);
        if (look_.unicode) return tamed;
        std::string ascii;
        while (true) {  // Line breaks stay: only what is between them is made ASCII.
            const auto end = std::min(tamed.find('\n'), tamed.size());
            ascii += to_ascii(std::string_view{tamed}.substr(0, end));
            if (end == tamed.size()) return ascii;
            ascii += '\n';
            tamed.erase(0, end + 1);
        }
    }

    void top(std::string_view title) {
        const std::string words = fit(clean(title), width_ - 6, strokes_.ellipsis);
        out_ += paint(fmt::format("{}{} {} {}{}", strokes_.top_left, strokes_.across, words,
                                  repeat(width_ - 5 - columns(words)), strokes_.top_right));
        out_ += '\n';
    }
    void bottom() {
        out_ += paint(fmt::format("{}{}{}", strokes_.bottom_left, repeat(width_ - 2), strokes_.bottom_right));
        out_ += '\n';
    }
    /// A row of cleaned text that fits.
    void row(std::string_view text) {
        const auto pad = static_cast<std::size_t>(std::max(0, inner() - columns(text)));
        out_ += fmt::format("{} {}{} {}\n", paint(strokes_.down), text, std::string(pad, ' '),
                            paint(strokes_.down));
    }
    void gap() { row(""); }
    /// Cleaned text over several rows, each after `first` or, from the second on, `next`.
    void rows(std::string_view first, std::string_view next, std::string_view text, std::size_t limit) {
        const int room = std::max(2, inner() - std::max(columns(first), columns(next)));
        std::string_view lead = first;
        for (const std::string& line : wrap(text, room, limit, strokes_.ellipsis)) {
            row(std::string{lead} + line);
            lead = next;
        }
    }
    std::string finish() { return std::move(out_); }

private:
    std::string repeat(int count) const {
        std::string line;
        for (int i = 0; i < count; ++i) line += strokes_.across;
        return line;
    }
    std::string paint(std::string_view text) const {
        return edge_colour_.empty() ? std::string{text} : fmt::format("{}{}\x1b[0m", edge_colour_, text);
    }

    const Look& look_;
    const Strokes& strokes_;
    int width_;
    std::string_view edge_colour_;
    std::string out_;
};

void draw_fields(Box& box, const Card& card) {
    int label_width = 0;
    for (const Field& field : card.fields)
        label_width = std::max(label_width, columns(box.clean(field.label)));
    label_width = std::min(label_width, box.inner() / 3);
    const std::string indent(static_cast<std::size_t>(label_width) + 2, ' ');
    for (const Field& field : card.fields) {
        std::string label = fit(box.clean(field.label), label_width, box.strokes().ellipsis);
        label.append(static_cast<std::size_t>(label_width - columns(label)) + 2, ' ');
        box.rows(label, indent, box.clean(field.text, Breaks::keep), field_lines);
    }
}

void draw_quotes(Box& box, const Card& card, Time now, const Look& look) {
    for (const Quote& quote : card.quotes) {
        box.gap();
        std::string head = box.clean(quote.author);
        if (quote.at) head += fmt::format(" {} {}", box.strokes().dot, render_time(*quote.at, now, look));
        box.row(fit(head, box.inner(), box.strokes().ellipsis));
        const std::string bar = fmt::format("{} ", box.strokes().quote);
        box.rows(bar, bar, box.clean(quote.text, Breaks::keep), quote_lines);
        // A cut link opens nothing, so it may take as many rows as it needs.
        if (!quote.link.empty()) box.rows("", "", box.clean(quote.link), 40);
    }
}

std::string command_of(const Button& button, std::size_t number) {
    if (!button.url.empty()) return fmt::format("open {}", number);
    std::string command = fmt::format("{} {}", button.id, number);
    for (std::size_t i = 0; i < button.options.size(); ++i)
        command += fmt::format("{}{}", i == 0 ? " " : "|", button.options[i].value);
    return command;
}

void draw_buttons(Box& box, const Card& card, std::size_t number) {
    if (card.buttons.empty()) return;
    box.gap();
    for (const Button& button : card.buttons)
        box.rows("", "    ",
                 fmt::format("{}: {}", box.clean(button.label), box.clean(command_of(button, number))), 6);
}

void draw_history(Box& box, const Card& card, Time now, const Look& look) {
    if (card.history.empty()) return;
    box.gap();
    const std::size_t skipped = card.history.size() - std::min(history_shown, card.history.size());
    if (skipped > 0) box.row(fmt::format("({} earlier)", skipped));
    for (std::size_t i = skipped; i < card.history.size(); ++i)
        box.rows(render_time(card.history[i].at, now, look) + " ", "    ", box.clean(card.history[i].text),
                 3);
}

}  // namespace

std::string render_time(Time at, Time now, const Look& look) {
    using namespace std::chrono;
    const auto local = at + look.zone;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<minutes>(local - day)};
    const std::string time = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
    if (day == floor<days>(now + look.zone)) return time;
    return fmt::format("{:04}-{:02}-{:02} {}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time);
}

std::string render(const Card& card, std::size_t number, Time now, const Look& look) {
    Box box{look, card.tone};
    box.top(fmt::format("{} {} {}", number, box.strokes().dot, card.title));
    if (!card.status.empty()) box.rows("", "", box.clean(card.status), field_lines);
    if (!card.fields.empty()) box.gap();
    draw_fields(box, card);
    draw_quotes(box, card, now, look);
    draw_buttons(box, card, number);
    draw_history(box, card, now, look);
    box.bottom();
    return box.finish();
}

std::string render_line(const Card& card, std::size_t number, const Look& look) {
    const Box box{look, card.tone};
    const std::string line = fmt::format("{:>3}  {}  {} {}", number, box.clean(card.title), box.strokes().dot,
                                         box.clean(card.status));
    return fit(line, std::clamp(look.width, 30, 120), box.strokes().ellipsis) + "\n";
}

std::string render_words(std::string_view words, const Look& look) {
    const Box box{look, Tone::asking};
    std::string out;
    for (const std::string& line :
         wrap(box.clean(words, Breaks::keep), std::clamp(look.width, 30, 120), 200, box.strokes().ellipsis))
        out += line + "\n";
    return out;
}

std::string render(const Letter& letter, const Look& look) {
    std::string out = render_words(letter.page.title, look);
    const auto say = [&](std::string_view words) {
        if (!words.empty()) out += render_words(words, look);
    };
    for (const Part& part : letter.page.parts) {
        out += "\n";
        say(part.heading);
        say(part.text);
        for (const Field& field : part.fields) say(fmt::format("{}: {}", field.label, field.text));
        for (const Quote& quote : part.quotes) say(fmt::format("{}: {}", quote.author, quote.text));
    }
    say(letter.image_text);
    return out;
}

}  // namespace rapport::console
