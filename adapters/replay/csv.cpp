#include "adapters/replay/csv.hpp"

#include <algorithm>

namespace rapport::replay {

bool CsvReader::at_row_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::skip_row_end() {
    if (at_ < text_.size() && text_[at_] == '\r')
        ++at_;
    else if (at_ < text_.size()) {
        ++at_;
        ++line_;
        return;
    } else
        return;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
}

/// Reads from behind the opening quote to behind the closing one.
void CsvReader::read_quoted(CsvRow& row, std::string& field) {
    while (at_ < text_.size()) {
        const char c = text_[at_++];
        if (c == '\n') ++line_;
        if (c != '"') {
            field += c;
        } else if (at_ < text_.size() && text_[at_] == '"') {
            field += '"';
            ++at_;
        } else {
            if (!at_row_end() && text_[at_] != delimiter_ && row.problem.empty())
                row.problem =
                    "something stands behind a closing quote; write a quote inside a field twice (\"\")";
            return;
        }
    }
    if (row.problem.empty()) row.problem = "a quote is opened and never closed";
}

std::optional<CsvRow> CsvReader::next() {
    while (at_ < text_.size() && at_row_end()) skip_row_end();
    if (at_ >= text_.size()) return std::nullopt;
    CsvRow row;
    row.line = line_;
    for (;;) {
        std::string field;
        if (at_ < text_.size() && text_[at_] == '"') {
            ++at_;
            read_quoted(row, field);
        }
        const std::size_t begin = at_;
        while (!at_row_end() && text_[at_] != delimiter_) ++at_;
        field += text_.substr(begin, at_ - begin);
        row.fields.push_back(std::move(field));
        if (at_row_end()) break;
        ++at_;
    }
    skip_row_end();
    return row;
}

}  // namespace rapport::replay
