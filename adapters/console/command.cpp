#include "adapters/console/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "adapters/console/screen_text.hpp"
#include "adapters/nearest.hpp"

namespace rapport::console {
namespace {

constexpr std::array<std::string_view, 6> own_words = {"list", "show", "open", "help", "who am i", "quit"};

/// Lower case, apostrophes out, other punctuation as spaces, single spaces: "I'll reply!" and "ill reply" are
/// one.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') continue;
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept =
            upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) > 127;
        if (kept)
            out += upper ? static_cast<char>(c + 32) : c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// A line as VERB NUMBER REST; without a number all of it is the verb.
struct Words {
    std::string verb{};
    std::optional<std::size_t> number{};
    std::string rest{};
};

std::optional<std::size_t> card_number(std::string_view word) {
    if (word.starts_with('#')) word.remove_prefix(1);
    std::size_t number = 0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || failure != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

Words split(std::string_view line) {
    Words words;
    while (true) {
        const auto begin = std::min(line.find_first_not_of(" \t\r\n"), line.size());
        line.remove_prefix(begin);
        if (line.empty()) break;
        const auto end = std::min(line.find_first_of(" \t\r\n"), line.size());
        const std::string_view word = line.substr(0, end);
        line.remove_prefix(end);
        std::string& into = words.number ? words.rest : words.verb;
        if (!words.number)
            if ((words.number = card_number(word))) continue;
        if (!into.empty()) into += ' ';
        into += word;
    }
    words.verb = plain(words.verb);
    return words;
}

std::string shown(std::string_view text) {
    return fit(tame(text, Breaks::join), 40);
}

bool matches(const Button& button, std::string_view verb, bool whole) {
    const std::string id = plain(button.id), label = plain(button.label);
    return whole ? id == verb || label == verb : id.starts_with(verb) || label.starts_with(verb);
}

std::vector<const Button*> buttons_called(const Card& card, std::string_view verb) {
    std::vector<const Button*> found;
    for (const bool whole : {true, false}) {
        for (const Button& button : card.buttons)
            if (matches(button, verb, whole)) found.push_back(&button);
        if (!found.empty()) break;
    }
    return found;
}

std::string_view own_word(std::string_view verb) {
    if (verb == "exit" || verb == "bye") return "quit";
    if (verb == "whoami" || verb == "who") return "who am i";
    if (verb == "?") return "help";
    std::string_view found;
    for (const std::string_view word : own_words) {
        if (word == verb) return word;
        if (!verb.empty() && word.starts_with(verb)) {
            if (!found.empty()) return {};
            found = word;
        }
    }
    return found;
}

/// "I don't know X. Did you mean Y?", looking among our own words and the buttons of `cards`.
Complaint unknown(std::string_view verb, const std::vector<const Shown*>& cards) {
    std::vector<std::string> words(own_words.begin(), own_words.end());
    for (const Shown* card : cards)
        for (const Button& button : card->card.buttons) words.push_back(plain(button.id));
    const std::vector<std::string_view> views(words.begin(), words.end());
    const std::string_view meant = nearest(verb, views);
    if (meant.empty())
        return {fmt::format("I don't know \"{}\". Type help to see what there is.", shown(verb))};
    return {fmt::format("I don't know \"{}\". Did you mean {}?", shown(verb), shown(meant))};
}

Intent open_link(const Card& card, std::size_t number) {
    for (const Button& button : card.buttons)
        if (!button.url.empty()) return OpenLink{button.url};
    for (auto quote = card.quotes.rbegin(); quote != card.quotes.rend(); ++quote)
        if (!quote->link.empty()) return OpenLink{quote->link};
    return Complaint{
        fmt::format("Card {} has no link. It shows where the words were said: show {}.", number, number)};
}

Intent press(const Card& card, const Button& button, const Words& words) {
    if (!button.url.empty()) return OpenLink{button.url};
    Press intent{card.id, button.id, {}, button.confirm};
    if (button.options.empty()) {
        if (words.rest.empty()) return intent;
        return Complaint{
            fmt::format("{0} takes no more words. Rapport never speaks for you: answer in your own name "
                        "(open {1} prints the "
                        "link), or type just {0} {1}.",
                        shown(words.verb), *words.number)};
    }
    std::string complaint;
    const Option* option = choose(words.rest, button.options, complaint);
    if (!option) return Complaint{fmt::format("{} {}: {}", shown(words.verb), *words.number, complaint)};
    intent.values["choice"] = option->value;
    return intent;
}

Intent about_card(const Words& words, const Board& board) {
    const Shown* target = board.find(*words.number);
    if (!target)
        return Complaint{
            fmt::format("There is no card {}. Type list to see those that are there.", *words.number)};
    const Card& card = target->card;
    if (words.verb.empty() || words.verb == "show") return ShowCard{*words.number};
    if (words.verb == "open") return open_link(card, *words.number);
    const std::vector<const Button*> found = buttons_called(card, words.verb);
    if (found.size() == 1) return press(card, *found[0], words);
    if (found.size() > 1) {
        std::string which;
        for (const Button* button : found) which += (which.empty() ? "" : " or ") + plain(button->id);
        return Complaint{
            fmt::format("\"{}\" could be {}. Type a letter more.", shown(words.verb), shown(which))};
    }
    const std::string_view own = own_word(words.verb);
    if (own == "show") return ShowCard{*words.number};
    if (own == "open") return open_link(card, *words.number);
    if (words.verb == "reply" || words.verb == "answer" || words.verb == "say")
        return Complaint{
            fmt::format("Rapport never speaks for you. Answer in your own name: open {} prints the link.",
                        *words.number)};
    if (card.buttons.empty())
        return Complaint{fmt::format("Nothing can be pressed on card {} any more.", *words.number)};
    return unknown(words.verb, {target});
}

}  // namespace

const Option* choose(std::string_view word, const std::vector<Option>& options, std::string& complaint) {
    const std::string wanted = plain(word);
    const Option* found = nullptr;
    bool ambiguous = false;
    if (!wanted.empty())
        for (const bool whole : {true, false}) {
            for (const Option& option : options) {
                const std::string value = plain(option.value), label = plain(option.label);
                if (!(whole ? value == wanted || label == wanted
                            : value.starts_with(wanted) || label.starts_with(wanted)))
                    continue;
                ambiguous = found != nullptr;
                if (!found) found = &option;
            }
            if (found) break;
        }
    if (found && !ambiguous) return found;
    std::string list;
    for (const Option& option : options) {
        if (!list.empty()) list += ", ";
        list += shown(option.value);
        if (option.label != option.value) list += " (" + shown(option.label) + ")";
    }
    complaint =
        fmt::format("{}Choose one of: {}.",
                    wanted.empty() ? ""
                                   : fmt::format("\"{}\" is {}. ", shown(word),
                                                 ambiguous ? "more than one of them" : "none of them"),
                    list);
    return nullptr;
}

Intent understand(std::string_view line, const Board& board) {
    const Words words = split(line);
    if (words.number) return about_card(words, board);
    if (line.find('?') != std::string_view::npos && words.verb.empty()) return Help{};
    if (words.verb.empty()) return Nothing{};
    if (words.verb == "list all") return ListCards{true};
    const std::string_view own = own_word(words.verb);
    if (own == "list") return ListCards{false};
    if (own == "help") return Help{};
    if (own == "who am i") return WhoAmI{};
    if (own == "quit") return Quit{};
    if (own == "show" || own == "open")
        return Complaint{fmt::format("Which card? Type for instance {} 1.", own)};
    for (const Shown* card : board.cards(true))
        if (!buttons_called(card->card, words.verb).empty())
            return Complaint{
                fmt::format("Which card? Type for instance {} {}.", shown(words.verb), card->number)};
    return unknown(words.verb, board.cards(true));
}

std::string_view help_text() {
    return "list             the cards that wait for someone (list all: the others too)\n"
           "show 3           card 3, with its buttons\n"
           "claim 3          press a button of card 3: its name or its first letters\n"
           "snooze 3 1h      the same, with a choice\n"
           "open 3           prints the link where you answer, in your own name\n"
           "who am i         whose desk this is\n"
           "quit             leaves the desk (Ctrl-D too); nothing is lost";
}

}  // namespace rapport::console
