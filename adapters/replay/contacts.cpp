#include "adapters/replay/contacts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "adapters/nearest.hpp"
#include "adapters/replay/complaints.hpp"
#include "adapters/replay/csv.hpp"
#include "adapters/replay/utf8.hpp"

namespace rapport::replay {
namespace {

enum Column : std::size_t { platform, realm, id, handle, name, roles, owner, note, column_count };

constexpr std::array<std::string_view, column_count> column_names = {"platform", "realm", "id",    "handle",
                                                                     "name",     "roles", "owner", "note"};
constexpr std::size_t shown_problems = 20;

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

std::vector<std::string> split_roles(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(";,"), text.size());
        std::string role = trimmed(text.substr(0, end));
        if (!role.empty() && std::find(found.begin(), found.end(), role) == found.end())
            found.push_back(std::move(role));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

std::string one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

/// Which column of the file holds what; `column_count` long, npos where the file has none.
struct Header {
    std::array<std::size_t, column_count> place{};
    std::size_t width = 0;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::string get(const CsvRow& row, Column column) const {
        return place[column] == none ? std::string{} : trimmed(row.fields[place[column]]);
    }
};

Result<Header> parse_header(const CsvRow& row, const std::filesystem::path& path) {
    Header header;
    header.place.fill(Header::none);
    header.width = row.fields.size();
    if (!row.problem.empty()) return file_error(path, fmt::format("line {}: {}.", row.line, row.problem));
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        std::string word = trimmed(row.fields[i]);
        std::transform(word.begin(), word.end(), word.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        const auto known = std::find(column_names.begin(), column_names.end(), word);
        if (known == column_names.end()) {
            const std::string_view meant = nearest(word, column_names);
            return file_error(
                path,
                fmt::format("line {}: unknown column \"{}\"{}. Columns are: {}.", row.line, prefix(word, 60),
                            meant.empty() ? "" : fmt::format("; did you mean \"{}\"?", meant),
                            fmt::join(column_names, ", ")));
        }
        std::size_t& place = header.place[static_cast<std::size_t>(known - column_names.begin())];
        if (place != Header::none)
            return file_error(path,
                              fmt::format("line {}: the column \"{}\" is there twice.", row.line, word));
        place = i;
    }
    for (const Column needed : {platform, id})
        if (header.place[needed] == Header::none)
            return file_error(path,
                              fmt::format("line {}: the column \"{}\" is missing. The first row names the "
                                          "columns: {}.",
                                          row.line, column_names[needed], fmt::join(column_names, ", ")));
    return header;
}

/// What is wrong with the row; empty if nothing is.
std::string check(const CsvRow& row, const Header& header, const Options& options) {
    if (!row.problem.empty()) return row.problem;
    if (row.fields.size() != header.width)
        return fmt::format("has {} fields, but the first row has {}", row.fields.size(), header.width);
    for (const std::string& field : row.fields)
        if (const auto at = first_invalid_utf8(field)) return "is not UTF-8; save the file as \"CSV UTF-8\"";
    for (const Column needed : {platform, id})
        if (header.get(row, needed).empty()) return fmt::format("\"{}\" is empty", column_names[needed]);
    if (header.get(row, realm).empty() && options.realm.empty())
        return "\"realm\" is empty; name the workspace, instance or network, or give --realm for all rows";
    std::size_t length = 0;
    for (const std::string& field : row.fields) length += field.size();
    if (length > options.max_line)
        return fmt::format("is {} bytes long, and {} are allowed", length, options.max_line);
    return {};
}

ContactStated contact_of(const CsvRow& row, const Header& header, const Options& options) {
    ContactStated contact;
    contact.account.key = {header.get(row, platform), header.get(row, realm), header.get(row, id)};
    if (contact.account.key.realm.empty()) contact.account.key.realm = options.realm;
    contact.account.handle = header.get(row, handle);
    if (contact.account.handle.starts_with('@')) contact.account.handle.erase(0, 1);
    contact.account.name = one_line(header.get(row, name));
    contact.roles = split_roles(header.get(row, roles));
    contact.owner = one_line(header.get(row, owner));
    contact.note = one_line(header.get(row, note));
    contact.at = options.now;
    return contact;
}

class Contacts final : public EventSource {
public:
    Contacts(const std::filesystem::path& path, const Options& options)
        : options_(options), path_(path), source_("replay:" + path.filename().string()) {}

    Result<> load() {
        std::ifstream file{path_, std::ios::binary | std::ios::ate};
        const auto size = file ? static_cast<std::int64_t>(file.tellg()) : -1;
        if (size < 0) return file_error(path_, "cannot be read. Check the name and the permissions.");
        if (static_cast<std::uint64_t>(size) > options_.max_file)
            return file_error(path_, fmt::format("is {} bytes long, and {} are allowed. Split it.", size,
                                                 options_.max_file));
        std::string text(static_cast<std::size_t>(size), '\0');
        file.seekg(0);
        if (size > 0 && !file.read(text.data(), size)) return file_error(path_, "reading failed. Try again.");
        bytes_total_ = text.size();
        return parse(text);
    }

    Result<std::optional<Event>> next() override {
        if (given_ == contacts_.size()) return std::optional<Event>{};
        Event event;
        event.seen = options_.now;
        event.source = source_;
        event.body = std::move(contacts_[given_++]);
        ++tally_.events;
        return std::optional{std::move(event)};
    }

    Result<> skip_to(std::string_view cursor) override {
        if (cursor.empty()) return {};
        return file_error(path_, "contacts have no saved place: the file is read again from its start.");
    }
    std::string_view cursor_name() const noexcept override { return {}; }
    std::uint64_t bytes_total() const noexcept override { return bytes_total_; }
    std::uint64_t bytes_read() const noexcept override {
        return contacts_.empty() ? bytes_total_ : bytes_total_ * given_ / contacts_.size();
    }
    const Tally& tally() const noexcept override { return tally_; }

private:
    Result<> parse(std::string_view text) {
        if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
            return file_error(path_, "is UTF-16. Save it as \"CSV UTF-8\".");
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        const std::string_view first_line = text.substr(0, text.find_first_of("\r\n"));
        const bool semicolons =
            first_line.find(',') == std::string_view::npos && first_line.find(';') != first_line.npos;
        CsvReader rows{text, semicolons ? ';' : ','};
        const std::optional<CsvRow> first = rows.next();
        if (!first)
            return file_error(path_, fmt::format("is empty. The first row names the columns: {}.",
                                                 fmt::join(column_names, ", ")));
        const Result<Header> header = parse_header(*first, path_);
        if (!header) return header.error();
        while (const std::optional<CsvRow> row = rows.next()) take(*row, *header);
        return verdict();
    }

    void take(const CsvRow& row, const Header& header) {
        ++tally_.records;
        const std::string wrong = check(row, header, options_);
        if (wrong.empty()) {
            contacts_.push_back(contact_of(row, header, options_));
            return;
        }
        if (++tally_.problems <= shown_problems) problems_ += fmt::format("\n  line {}: {}", row.line, wrong);
        if (options_.lenient && options_.on_problem) options_.on_problem({path_.string(), row.line, wrong});
    }

    Result<> verdict() {
        if (tally_.problems == 0 || options_.lenient) return {};
        if (tally_.problems > shown_problems)
            problems_ += fmt::format("\n  and {} more", tally_.problems - shown_problems);
        return file_error(
            path_, fmt::format("{} of {} rows cannot be used, so none was:{}\nMend them, or leave them "
                               "out with --keep-going.",
                               tally_.problems, tally_.records, problems_));
    }

    Options options_;
    std::filesystem::path path_;
    std::string source_;
    Tally tally_;
    std::string problems_;
    std::vector<ContactStated> contacts_;
    std::size_t given_ = 0;
    std::uint64_t bytes_total_ = 0;
};

}  // namespace

Result<std::unique_ptr<EventSource>> open_contacts(const std::filesystem::path& path,
                                                   const Options& options) {
    auto contacts = std::make_unique<Contacts>(path, options);
    if (const Result<> loaded = contacts->load(); !loaded) return loaded.error();
    return std::unique_ptr<EventSource>{std::move(contacts)};
}

}  // namespace rapport::replay
