#include "rules/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "rules/utf8.hpp"

namespace rapport::rules::yaml {
namespace {

constexpr std::size_t deepest = 12;  // a good file needs 6

struct TooDeep : std::runtime_error {
    explicit TooDeep(std::size_t at) : std::runtime_error("too deep"), offset(at) {}
    std::size_t offset;
};

std::size_t offset_of(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

/// Builds the tree from yaml-cpp's events. A node joins its parent when it is complete.
class Builder final : public YAML::EventHandler {
public:
    explicit Builder(Reporter& reporter) : reporter_(reporter) {}

    void OnDocumentStart(const YAML::Mark& mark) override { start_ = offset_of(mark); }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { complete({Kind::null, offset_of(mark)}); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        reporter_.add(offset_of(mark), "aliases (*name) are not used in rules", "write it out");
        complete({Kind::null, offset_of(mark)});
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        complete({Kind::scalar, offset_of(mark), value, tag == "?"});
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        open(Kind::sequence, mark);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        refuse_tag(mark, tag);
        open(Kind::map, mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapEnd() override { close(); }
    void OnAnchor(const YAML::Mark& mark, const std::string&) override {
        reporter_.add(offset_of(mark), "anchors (&name) are not used in rules", "leave it out");
    }

    std::size_t start() const noexcept { return start_; }

    /// What there is when the parser gave up: everything within the third level (a rule) must be complete.
    Node salvage() {
        while (open_.size() > 2) open_.pop_back();
        return finish();
    }

    Node finish() {
        while (!open_.empty()) close();
        return std::move(root_);
    }

private:
    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            reporter_.add(offset_of(mark), "tags (!name) are not used in rules", "leave it out");
    }

    void open(Kind kind, const YAML::Mark& mark) {
        if (open_.size() >= deepest) throw TooDeep{offset_of(mark)};
        open_.push_back({kind, offset_of(mark)});
    }

    void close() {
        Node node = std::move(open_.back());
        open_.pop_back();
        if (node.is_map() && node.items.size() % 2 != 0) node.items.pop_back();
        complete(std::move(node));
    }

    void complete(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        std::vector<Node>& items = open_.back().items;
        if (open_.back().is_map() && items.size() % 2 == 0) check_key(items, node);
        items.push_back(std::move(node));
    }

    void check_key(const std::vector<Node>& items, const Node& key) {
        for (std::size_t i = 0; i < items.size(); i += 2)
            if (items[i].text == key.text && key.is_scalar() && items.size() < 512)
                return reporter_.add(key.offset, fmt::format("the key \"{}\" stands here twice", key.text),
                                     "leave one out");
    }

    Reporter& reporter_;
    Node root_{};
    std::vector<Node> open_{};
    std::size_t start_ = 0;
};

std::string advice(std::string_view source, std::size_t at) {
    if (at < source.size() && (source[at] == '@' || source[at] == '`'))
        return "a text that begins with @ stands in quotes: \"@ada\"";
    return "a condition with \": \" or \" #\" in it must stand below `when: >-`, on lines of its own";
}

/// The length of the escape sequence at the start of `text`, which begins with a backslash.
std::size_t escape_length(std::string_view text) noexcept {
    if (text.size() < 2) return text.size();
    switch (text[1]) {
        case 'x':
            return std::min<std::size_t>(4, text.size());
        case 'u':
            return std::min<std::size_t>(6, text.size());
        case 'U':
            return std::min<std::size_t>(10, text.size());
        default:
            return 2;
    }
}

bool blank(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// The next byte of the source at or after `at` that stands for something other than white space in the
/// value.
std::size_t next_solid(std::string_view source, std::size_t at, char quote) noexcept {
    while (at < source.size()) {
        if (quote == '"' && source[at] == '\\' && at + 1 < source.size() &&
            (blank(source[at + 1]) || source[at + 1] == 'n' || source[at + 1] == 't'))
            at += 2;  // a line that goes on, or white space that is written out
        else if (blank(source[at]))
            ++at;
        else
            break;
    }
    return at;
}

}  // namespace

std::string_view describe(const Node& node) noexcept {
    switch (node.kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return "text";
        case Kind::sequence:
            return "a list";
        case Kind::map:
            return "a map";
    }
    return "";
}

Node parse(const std::string& source, Reporter& reporter) {
    std::istringstream stream{source};
    Builder builder{reporter};
    try {
        YAML::Parser parser{stream};
        parser.HandleNextDocument(builder);
        if (Builder second{reporter}; parser.HandleNextDocument(second))
            reporter.add(second.start(), "a second document begins here", "put all rules below one `rules:`");
        return builder.finish();
    } catch (const YAML::Exception& error) {
        const std::size_t at = offset_of(error.mark);
        reporter.add(at, fmt::format("not valid YAML: {}", error.msg), advice(source, at));
    } catch (const TooDeep& error) {
        reporter.add(error.offset, "nested too deeply", "a rules file needs no more than 6 levels");
    }
    return builder.salvage();
}

std::size_t source_offset(const Node& node, std::string_view source, std::size_t offset) noexcept {
    std::size_t at = std::min(node.offset, source.size());
    const char first = at < source.size() ? source[at] : ' ';
    const char quote = !node.plain && (first == '"' || first == '\'') ? first : '\0';
    if (quote != '\0') {
        ++at;
    } else if (!node.plain && (first == '|' || first == '>')) {
        at = std::min(source.find('\n', at), source.size());
    }
    // White space is folded in many ways, but all else stands in the value as often as in the source.
    for (std::size_t i = 0; i < std::min(offset, node.text.size());) {
        if (blank(node.text[i])) {
            ++i;
            continue;
        }
        at = next_solid(source, at, quote);
        if (at >= source.size()) return at;
        if (quote == '"' && source[at] == '\\') {
            at += escape_length(source.substr(at));
            i += first_code_point(std::string_view{node.text}.substr(i)).size;
        } else {
            at += quote == '\'' && source[at] == '\'' ? 2 : 1;
            ++i;
        }
    }
    // The end of the text is where it ends, and not where the next key begins.
    if (offset >= node.text.size()) return std::min(at, source.size());
    return std::min(next_solid(source, at, quote), source.size());
}

}  // namespace rapport::rules::yaml
