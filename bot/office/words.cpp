#include "bot/office/words.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "bot/office/text.hpp"
#include "rules/diagnostic.hpp"

namespace rapport::office {

namespace {

using Words = std::vector<std::string>;

const std::map<std::string_view, Want> by_name{
    {"help", Want::help},
    {"mine", Want::mine},
    {"alerts", Want::open_alerts},
    {"who", Want::who},
    {"why", Want::why},
    {"rules", Want::rules},
    {"team", Want::team},
    {"away", Want::away},
    {"back", Want::back},
    {"hours", Want::hours},
    {"me", Want::me},
    {"link", Want::link},
    {"unlink", Want::unlink},
    {"role", Want::role},
    {"owner", Want::owner},
    {"report", Want::report},
    {"forget", Want::forget},
    {"quiet", Want::quiet},
    {"rhythm", Want::rhythm},
    {"succession", Want::succession},
};

/// Without what people put around a request.
Words bare(std::string_view text) {
    Words words = split(text);
    const auto polite = [](const std::string& word) {
        static const std::vector<std::string_view> all{"please",  "hey", "hi", "hello",
                                                       "rapport", "ok",  "so", "and"};
        std::string plain = lower(word);
        while (!plain.empty() && (plain.back() == ',' || plain.back() == '!' || plain.back() == '.'))
            plain.pop_back();
        return std::find(all.begin(), all.end(), plain) != all.end();
    };
    while (words.size() > 1 && polite(words.front())) words.erase(words.begin());
    while (words.size() > 1 && polite(words.back())) words.pop_back();
    for (std::string* edge : {words.empty() ? nullptr : &words.back()})
        while (edge && !edge->empty() &&
               std::string_view{"?!.,"}.find(edge->back()) != std::string_view::npos)
            edge->pop_back();
    std::erase(words, "");
    return words;
}

std::string rest_of(const Words& words, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < words.size(); ++i) text += (text.empty() ? "" : " ") + words[i];
    return text;
}

std::string name_of(std::string word) {
    if (word.starts_with('@')) word.erase(0, 1);
    return word;
}

Intent unclear(std::string nearest) {
    Intent intent{Want::unclear};
    intent.rest = std::move(nearest);
    return intent;
}

Intent with_person(Want want, const Words& words, std::string usage) {
    if (words.size() < 2) return unclear(std::move(usage));
    Intent intent{want};
    intent.who = name_of(rest_of(words, 1));
    return intent;
}

Intent read_role(const Words& words) {
    Intent intent{Want::role};
    if (words.size() < 3) return unclear("role @person champion");
    intent.who = name_of(words[1]);
    for (std::size_t i = 2; i < words.size(); ++i) {
        std::string role = lower(words[i]);
        while (role.ends_with(',')) role.pop_back();
        if (role.empty()) continue;
        if (role.starts_with('-'))
            intent.remove.push_back(role.substr(1));
        else
            intent.add.push_back(role.starts_with('+') ? role.substr(1) : role);
    }
    return intent;
}

Intent read_me(const Words& words) {
    Intent intent{Want::me};
    if (words.size() == 1) return intent;
    const std::string what = lower(words[1]);
    if (words.size() != 3 || (what != "add" && what != "remove")) return unclear("me add mastodon:home:123");
    intent.want = what == "add" ? Want::me_add : Want::me_remove;
    intent.who = name_of(words[2]);
    return intent;
}

Intent read_why(const Words& words) {
    Intent intent{Want::why};
    if (words.size() == 1) return intent;
    std::string number = words.back();
    if (number.starts_with('#')) number.erase(0, 1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), intent.alert);
    if (error != std::errc{} || end != number.data() + number.size() || intent.alert <= 0)
        return unclear("why 12");
    return intent;
}

Intent read_away(const Words& words, std::size_t from) {
    Intent intent{Want::away};
    intent.rest = rest_of(words, from);
    return intent;
}

/// The first word is a command.
Intent read_command(Want want, const Words& words) {
    Intent intent{want};
    switch (want) {
        case Want::who:
            return with_person(want, words, "who @person");
        case Want::forget:
            return with_person(want, words, "forget @person");
        case Want::unlink:
            return with_person(want, words, "unlink ACCOUNT");
        case Want::why:
            return read_why(words);
        case Want::away:
            return read_away(words, 1);
        case Want::quiet:
        case Want::hours:
        case Want::rules:
            intent.rest = rest_of(words, 1);
            return intent;
        case Want::me:
            return read_me(words);
        case Want::link:
            if (words.size() != 3) return unclear("link @one @other");
            intent.who = name_of(words[1]);
            intent.other = name_of(words[2]);
            return intent;
        case Want::role:
            return read_role(words);
        case Want::owner:
            if (words.size() != 3) return unclear("owner @person @colleague");
            intent.who = name_of(words[1]);
            intent.other = lower(words[2]) == "nobody" || words[2] == "-" ? "" : name_of(words[2]);
            return intent;
        case Want::rhythm:
            if (words.size() != 3) return unclear("rhythm @person 14d");
            intent.who = name_of(words[1]);
            intent.rest = lower(words[2]);
            return intent;
        default:
            return intent;
    }
}

bool has(const Words& words, std::initializer_list<std::string_view> any) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(any.begin(), any.end(), word) != any.end();
    });
}

/// After the first of `marks`, the rest of the sentence; nothing if none of them is there.
std::size_t after(const Words& words, std::initializer_list<std::string_view> marks) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (std::find(marks.begin(), marks.end(), words[i]) != marks.end()) return i + 1;
    return 0;
}

/// "who is @x", "tell me about @x".
bool asks_for_person(const Words& words, std::size_t& at) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].starts_with('@')) {
            at = i;
            return words.front() == "who" || words.front() == "who's" || words.front() == "whos" ||
                   has(words, {"about", "know"});
        }
    return false;
}

/// Whole sentences. `low` is `words` in small letters.
Intent read_chat(const Words& words, const Words& low) {
    std::size_t at = 0;
    if (asks_for_person(low, at) && at + 1 == words.size()) {
        Intent intent{Want::who};
        intent.who = name_of(words[at]);
        return intent;
    }
    const bool negated = has(low, {"not", "don't", "dont", "isn't", "never", "no"});
    const bool mine = low.front() == "i'm" || low.front() == "im" || low.front() == "i" ||
                      low.front() == "i'll" || low.front() == "ill";
    if (has(low, {"disturb"}) && low.size() <= 12) {
        Intent intent{Want::quiet};
        if (const std::size_t when = after(low, {"until", "till", "til", "for"}); when > 0)
            intent.rest = rest_of(words, when);
        return intent;
    }
    if (mine && has(low, {"away", "out", "off", "holiday", "vacation", "leave"})) {
        if (negated) return unclear("back");
        const std::size_t when = after(low, {"until", "till", "til", "for"});
        const std::size_t gone = after(low, {"away", "out", "off", "holiday", "vacation", "leave"});
        return read_away(words, when > 0 ? when : gone);
    }
    if (mine && has(low, {"back"}) && !negated && after(low, {"until", "till", "on", "at"}) == 0 &&
        low.front() != "i'll" && low.front() != "ill" && !has(low, {"will", "tomorrow", "when"}))
        return {Want::back};
    if (negated) return unclear("");
    if (has(low, {"thanks", "thank", "cheers", "thx"}) && words.size() <= 4) return {Want::thanks};
    if (has(low, {"rules"}) && has(low, {"what", "show", "list", "which", "the", "are"}))
        return {Want::rules};
    if (has(low, {"my", "mine", "i"}) && has(low, {"alerts", "open", "todo"})) return {Want::mine};
    if (has(low, {"alerts"}) && has(low, {"show", "list", "all", "open", "what", "which"}))
        return {Want::open_alerts};
    if (has(low, {"my"}) && has(low, {"hours"}) && words.size() <= 5) return {Want::hours};
    if (has(low, {"my"}) && has(low, {"accounts"})) return {Want::me};
    if (has(low, {"why"}) && low.back().find_first_not_of("0123456789#") == std::string::npos)
        return read_why(words);
    if (has(low, {"who", "who's"}) && has(low, {"team", "duty", "working", "away"})) return {Want::team};
    if (has(low, {"report", "week"}) && has(low, {"show", "how", "my", "our", "this", "the"}))
        return {Want::report};
    if (has(low, {"what", "how"}) && has(low, {"can", "do"}) && has(low, {"you", "i"})) return {Want::help};
    return unclear("");
}

/// The command that was probably meant.
std::string nearest(const Words& low) {
    std::vector<std::string_view> names;
    names.reserve(std::size(by_name));
    for (const auto& [name, want] : by_name) names.push_back(name);
    const std::string meant = rules::did_you_mean(low.front(), names);
    for (const auto& [name, want] : by_name)
        if (meant == "did you mean " + std::string(name) + "?") return std::string(name);
    for (const std::string& word : low)
        if (by_name.contains(word)) return std::string(word);
    return "help";
}

/// "link alice bob" is a command; "who is that" and "back to you" are sentences.
bool is_sentence(Want want, const Words& low) {
    if (low.size() == 1) return false;
    switch (want) {
        case Want::who:
            return low[1] == "is" || low[1] == "are" || low[1] == "works";
        case Want::why:
            return low.size() > 2 && low[1] != "alert";
        case Want::team:
        case Want::back:
        case Want::mine:
        case Want::open_alerts:
        case Want::help:
        case Want::report:
            return low.size() > 2;
        default:
            return false;
    }
}

}  // namespace

Intent understand(std::string_view text) {
    const Words words = bare(text);
    if (words.empty()) return {Want::help};
    Words low;
    for (const std::string& word : words) low.push_back(lower(word));
    const auto named = by_name.find(low.front());
    Intent intent = named != by_name.end() && !is_sentence(named->second, low)
                        ? read_command(named->second, words)
                        : read_chat(words, low);
    if (words.size() == 1 && (low.front() == "hello" || low.front() == "hi" || low.front() == "hey"))
        return {Want::help};
    if (intent.want == Want::unclear && intent.rest.empty()) intent.rest = nearest(low);
    return intent;
}

const std::vector<CommandHelp>& commands() {
    static const std::vector<CommandHelp> all{
        {"mine", "Your open alerts."},
        {"alerts", "All open alerts."},
        {"who @person", "What the team knows about somebody."},
        {"why 12", "Why alert 12 was raised, and why you were asked."},
        {"rules", "The rules: look, change, try them on history."},
        {"rules NAME", "How a rule does: asked, answered, not needed, and what would have been better."},
        {"team", "Who is on the team, and who works just now."},
        {"away until Monday",
         "You are not asked until then. Also: away for 2 days, away until 3 Dec 14:00, back."},
        {"quiet for 2 hours", "Nothing is asked of you until then, however urgent; back ends it."},
        {"hours mon-fri 9-17", "Your working hours; hours alone shows them."},
        {"me", "Your accounts. me add mastodon:home:123 adds one, me remove takes it away."},
        {"link @one @other", "Two accounts are one person's; unlink ACCOUNT takes it back."},
        {"role @person champion", "Give somebody a role; -champion takes it away."},
        {"owner @person @colleague", "Who looks after somebody; nobody for no one."},
        {"rhythm @person 14d",
         "How often you want to be in touch with somebody; usual learns it, never ends reminders."},
        {"succession", "Who could look after the people of colleagues who have left."},
        {"report", "What was asked and answered this week."},
        {"forget @person", "Delete all that is kept of somebody. It asks first."},
    };
    return all;
}

}  // namespace rapport::office
