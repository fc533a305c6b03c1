#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::replay {

/// One row of a CSV file (RFC 4180): fields without their quotes, and the line where it begins.
struct CsvRow {
    std::vector<std::string> fields{};
    std::uint64_t line = 1;
    std::string problem{};  ///< Not empty: the row is broken, and this says how; `fields` is then useless.
};

/// Takes rows off `text` one by one. LF, CRLF and CR end a row; quoted fields may hold them. Empty lines are
/// left out.
class CsvReader {
public:
    CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}
    std::optional<CsvRow> next();

private:
    void read_quoted(CsvRow& row, std::string& field);
    bool at_row_end() const;
    void skip_row_end();

    std::string_view text_;
    char delimiter_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
};

}  // namespace rapport::replay
