#include "bot/links/measure.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "bot/links/linker.hpp"

namespace rapport::links {

namespace {

using Conversations = std::set<std::vector<std::size_t>>;

/// The annotated lines of each conversation that has two or more; `parents_of` says what is above a line.
template <class ParentsOf>
Conversations conversations(const Dialogue& dialogue, ParentsOf parents_of) {
    const std::vector<Marked>& lines = dialogue.lines;
    std::vector<std::size_t> above(lines.size());
    std::iota(above.begin(), above.end(), 0);
    const auto top = [&](std::size_t i) {
        while (above[i] != i) i = above[i] = above[above[i]];
        return i;
    };
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].parents.empty())
            for (const std::size_t parent : parents_of(i)) above[top(i)] = top(parent);
    std::map<std::size_t, std::vector<std::size_t>> by_top;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (!lines[i].parents.empty()) by_top[top(i)].push_back(i);
    Conversations all;
    for (auto& [_, one] : by_top)
        if (one.size() > 1) all.insert(std::move(one));
    return all;
}

using Pairs = std::set<std::pair<std::string, std::string>>;

void add_pair(Pairs& pairs, std::string a, std::string b) {
    if (a != b) pairs.insert(std::minmax(a, b));
}

/// "ada" of "Ada: hi" and of "ada, hi"; empty if nobody stands there.
std::string named_at_start(const std::string& text) {
    const std::size_t end = text.find_first_of(" :,");
    if (end == std::string::npos || text[end] == ' ') return {};
    return in_lower_case(std::string_view{text}.substr(0, end));
}

/// Who talks with whom, by the annotated lines: as it is, and as it is found.
Counts measure_pairs(const Dialogue& dialogue, const Found& found) {
    Pairs right, said;
    std::set<std::string> authors;
    const auto author = [&](std::size_t i) { return in_lower_case(dialogue.lines[i].message.author); };
    for (std::size_t i = 0; i < dialogue.lines.size(); ++i) {
        if (!dialogue.lines[i].message.notice) authors.insert(author(i));
        if (dialogue.lines[i].parents.empty()) continue;
        for (const std::size_t parent : dialogue.lines[i].parents) add_pair(right, author(i), author(parent));
        add_pair(said, author(i), author(found[i]));
        const std::string name = named_at_start(dialogue.lines[i].message.text);
        if (authors.contains(name)) add_pair(said, author(i), name);
    }
    Counts counts{said.size(), 0, right.size()};
    for (const auto& pair : said) counts.right += right.count(pair);
    return counts;
}

}  // namespace

double Counts::f() const {
    return said + all == 0 ? 0 : 2 * double(right) / double(said + all);
}

Counts& Counts::operator+=(const Counts& other) {
    said += other.said;
    right += other.right;
    all += other.all;
    return *this;
}

Measured& Measured::operator+=(const Measured& other) {
    links += other.links;
    exact += other.exact;
    pairs += other.pairs;
    return *this;
}

Found find_links(const Dialogue& dialogue, const Model& model) {
    Linker linker{model};
    Found found;
    std::unordered_map<std::string, std::size_t> by_id;
    for (std::size_t i = 0; i < dialogue.lines.size(); ++i) {
        const Message& message = dialogue.lines[i].message;
        const Link link = linker.next(message);
        by_id.insert_or_assign(message.id, i);
        found.push_back(by_id.at(link.parent));
    }
    return found;
}

Measured measure(const Dialogue& dialogue, const Found& found) {
    Measured measured;
    for (std::size_t i = 0; i < dialogue.lines.size(); ++i) {
        const std::vector<std::size_t>& parents = dialogue.lines[i].parents;
        if (parents.empty()) continue;
        ++measured.links.said;
        measured.links.all += parents.size();
        measured.links.right += std::count(parents.begin(), parents.end(), found[i]) > 0 ? 1 : 0;
    }
    const Conversations right =
        conversations(dialogue, [&](std::size_t i) { return dialogue.lines[i].parents; });
    const Conversations said =
        conversations(dialogue, [&](std::size_t i) { return std::vector<std::size_t>{found[i]}; });
    measured.exact.said = said.size();
    measured.exact.all = right.size();
    for (const auto& one : said) measured.exact.right += right.count(one);
    measured.pairs = measure_pairs(dialogue, found);
    return measured;
}

Measured measure(std::span<const Dialogue> dialogues, const Model& model) {
    Measured measured;
    for (const Dialogue& dialogue : dialogues) measured += measure(dialogue, find_links(dialogue, model));
    return measured;
}

}  // namespace rapport::links
