#include "bot/config/section.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/config/suggest.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

using std::chrono::milliseconds;

Section::Section(YAML::Node node, std::string path, Mistakes& mistakes)
    : path_(std::move(path)), mistakes_(&mistakes) {
    if (!node.IsDefined() || node.IsNull()) return;
    mark_ = node.Mark();
    if (!node.IsMap()) {
        mistakes.add(mark_, fmt::format("{} must be a map of keys and values", path_),
                     "Write each key on a line of its own below it, indented.");
        return;
    }
    for (const auto& pair : node) {
        if (!pair.first.IsScalar()) {
            mistakes.add(pair.first.Mark(), "a key must be a plain word");
            continue;
        }
        first_.try_emplace(pair.first.Scalar(), entries_.size());
        entries_.push_back({pair.first.Scalar(), pair.first.Mark(), pair.second});
    }
}

std::string Section::name_of(std::string_view key) const {
    return path_.empty() ? std::string{key} : fmt::format("{}.{}", path_, key);
}

Section::Found Section::find(std::string_view key, bool may_be_empty) {
    known_.emplace_back(key);
    const auto found = first_.find(known_.back());
    if (found == first_.end()) return {};
    Entry& entry = entries_[found->second];
    entry.asked = true;
    if (!entry.value.IsNull()) return {entry.value, entry.mark};
    if (!may_be_empty) {
        wrong(key, entry.mark, "has no value", "Give it one, or take the line out to have the default.");
    }
    return {};
}

std::optional<std::string> Section::scalar(std::string_view key, YAML::Mark& where, const char* wanted) {
    const Found found = find(key);
    if (!found) return std::nullopt;
    where = found.node.Mark();
    if (found.node.IsScalar()) return found.node.Scalar();
    wrong(key, where, fmt::format("must be {}, not a {}", wanted, found.node.IsMap() ? "map" : "list"));
    return std::nullopt;
}

void Section::text(std::string_view key, std::string& into) {
    YAML::Mark where;
    const auto given = scalar(key, where, "a text");
    if (!given) return;
    if (trim(*given).empty()) return wrong(key, where, "must not be empty");
    if (given->find('\0') != std::string::npos) return wrong(key, where, "must not hold a NUL character");
    into = *given;
}

void Section::flag(std::string_view key, bool& into) {
    YAML::Mark where;
    const auto given = scalar(key, where, "true or false");
    if (!given) return;
    const auto value = parse_bool(*given);
    if (!value) return wrong(key, where, fmt::format("must be true or false, not \"{}\"", *given));
    into = *value;
}

void Section::number(std::string_view key, double& into, double least, double most) {
    YAML::Mark where;
    const auto given = scalar(key, where, "a number");
    if (!given) return;
    const auto value = parse_number(*given);
    if (!value) return wrong(key, where, fmt::format("must be a number, not \"{}\"", *given));
    if (*value < least || *value > most) {
        return wrong(key, where, fmt::format("must be from {} to {}, not {}", least, most, *given));
    }
    into = *value;
}

bool Section::read_integer(std::string_view key, long long& into, long long least, long long most) {
    YAML::Mark where;
    const auto given = scalar(key, where, "a whole number");
    if (!given) return false;
    const auto value = parse_integer(*given);
    if (!value) {
        wrong(key, where, fmt::format("must be a whole number, not \"{}\"", *given));
        return false;
    }
    if (*value < least || *value > most) {
        wrong(key, where, fmt::format("must be from {} to {}, not {}", least, most, *value));
        return false;
    }
    into = *value;
    return true;
}

void Section::duration(std::string_view key, milliseconds& into, milliseconds least, milliseconds most) {
    YAML::Mark where;
    const auto given = scalar(key, where, "a duration");
    if (!given) return;
    const auto value = parse_duration(*given);
    if (!value) {
        const bool bare = parse_integer(*given).has_value();
        return wrong(key, where, fmt::format("must be a duration such as 30m, 4h or 7d, not \"{}\"", *given),
                     bare ? fmt::format("Did you mean {}m or {}h?", *given, *given) : "");
    }
    if (*value < least || *value > most) {
        return wrong(
            key, where,
            fmt::format("must be from {} to {}, not {}", duration_text(least), duration_text(most), *given));
    }
    into = *value;
}

void Section::texts(std::string_view key,
                    const std::function<void(const std::string&, const YAML::Mark&)>& each) {
    const Found found = find(key);
    if (!found) return;
    if (found.node.IsScalar()) return each(found.node.Scalar(), found.node.Mark());
    if (!found.node.IsSequence()) return wrong(key, found.node.Mark(), "must be a list", "Write [one, two].");
    for (const YAML::Node& item : found.node) {
        if (item.IsScalar()) {
            each(item.Scalar(), item.Mark());
        } else {
            wrong(key, item.Mark(), "must be a list of texts");
        }
    }
}

Section Section::section(std::string_view key) {
    const Found found = find(key, true);
    return Section{found.node, name_of(key), *mistakes_};
}

void Section::wrong(std::string_view key, const YAML::Mark& where, const std::string& what,
                    const std::string& suggestion) {
    mistakes_->add(where, fmt::format("{} {}", name_of(key), what), suggestion);
}

YAML::Mark Section::mark(std::string_view key) const {
    const auto found = first_.find(std::string{key});
    return found == first_.end() ? mark_ : entries_[found->second].value.Mark();
}

void Section::finish() {
    const std::string where = path_.empty() ? "" : fmt::format(" in {}", path_);
    for (std::size_t i = 0; i < entries_.size() && !mistakes_->full(); ++i) {
        const Entry& entry = entries_[i];
        const Entry& first = entries_[first_.at(entry.key)];
        if (&first != &entry) {
            mistakes_->add(entry.mark,
                           fmt::format("{} stands here again; it is in line {} already", name_of(entry.key),
                                       first.mark.line + 1),
                           "Keep one of them.");
        } else if (!entry.asked) {
            mistakes_->add(entry.mark, fmt::format("unknown key \"{}\"{}", entry.key, where),
                           suggest(entry.key, known_));
        }
    }
}

}  // namespace rapport::config_file
