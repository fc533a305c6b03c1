#include "bot/config/mistakes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "bot/config/values.hpp"

namespace rapport {

std::string Problem::text() const {
    std::string result = file;
    if (line > 0) result += fmt::format(":{}", line);
    if (line > 0 && column > 0) result += fmt::format(":{}", column);
    result += ": " + message;
    if (!suggestion.empty()) result += ". " + suggestion;
    return result;
}

namespace config_file {

void Mistakes::add(const YAML::Mark& where, std::string message, std::string suggestion) {
    if (++count_ > most_kept) return;
    Problem problem{file_, 0, 0, std::move(message), std::move(suggestion)};
    if (!where.is_null()) {
        problem.line = where.line + 1;
        problem.column = column_of(where);
    }
    problems_.push_back(std::move(problem));
}

void Mistakes::add(Problem problem) {
    if (++count_ <= most_kept) problems_.push_back(std::move(problem));
}

int Mistakes::column_of(const YAML::Mark& where) const {
    const auto end = std::min<std::size_t>(text_.size(), static_cast<std::size_t>(std::max(where.pos, 0)));
    const auto begin = end - std::min<std::size_t>(end, static_cast<std::size_t>(std::max(where.column, 0)));
    return 1 + static_cast<int>(std::count_if(
                   text_.begin() + static_cast<std::ptrdiff_t>(begin),
                   text_.begin() + static_cast<std::ptrdiff_t>(end),
                   [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::vector<Problem> Mistakes::take() {
    const auto place = [&](const Problem& one) {
        return std::make_tuple(one.file != file_, std::string_view{one.file}, one.line, one.column,
                               std::string_view{one.message});
    };
    std::sort(problems_.begin(), problems_.end(),
              [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
    if (problems_.size() > max_problems) {
        const std::size_t left_out = count_ - (max_problems - 1);
        problems_.resize(max_problems - 1);
        problems_.push_back(
            {file_, 0, 0, fmt::format("{} more mistakes are not shown", left_out), "Mend these first."});
    }
    return std::move(problems_);
}

namespace {

YAML::Mark mark_of(std::string_view text, std::size_t at) {
    YAML::Mark mark;
    mark.pos = static_cast<int>(at);
    mark.line =
        static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    const auto newline = text.substr(0, at).rfind('\n');
    mark.column = static_cast<int>(newline == std::string_view::npos ? at : at - newline - 1);
    return mark;
}

}  // namespace

YAML::Node parse_document(std::string_view text, Mistakes& mistakes) {
    const YAML::Node nothing;
    if (text.size() > max_config_bytes) {
        mistakes.add(YAML::Mark::null_mark(),
                     fmt::format("the file has {} bytes, more than the {} that are read", text.size(),
                                 max_config_bytes),
                     "Is this the right file?");
        return nothing;
    }
    if (const auto bad = find_invalid_utf8(text)) {
        mistakes.add(mark_of(text, *bad), "this is not UTF-8", "Save the file with the encoding UTF-8.");
        return nothing;
    }
    try {
        std::vector<YAML::Node> documents = YAML::LoadAll(std::string{text});
        if (documents.size() > 1) {
            mistakes.add(documents[1].Mark(), "a second document begins here, and only one is read",
                         "Take the line \"---\" out.");
            return nothing;
        }
        if (documents.empty() || documents.front().IsNull()) return YAML::Node{YAML::NodeType::Map};
        if (!documents.front().IsMap()) {
            mistakes.add(documents.front().Mark(), "the file must be a map of keys and values",
                         "Begin with a key, as in \"web:\".");
            return nothing;
        }
        return documents.front();
    } catch (const YAML::Exception& error) {
        mistakes.add(error.mark, "this cannot be read as YAML: " + error.msg,
                     "Look at the indentation, quotes and brackets here and in the line above.");
        return nothing;
    }
}

}  // namespace config_file

}  // namespace rapport
