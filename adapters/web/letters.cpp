#include "adapters/web/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/web/page_json.hpp"

namespace rapport::web {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// A note holds 64 KB, and a letter with its picture more: its contents stand in several. The note that says
/// how many, and for whom it is, is written last; without it the others mean nothing.
constexpr std::size_t longest_part = 60 * 1024;
/// More than a letter with the largest picture takes.
constexpr std::int64_t most_parts = 100;

std::string contents_of(const KeptLetter& letter) {
    return json::serialize(json::object{{"page", to_json(letter.page)},
                                        {"image", letter.image},
                                        {"image_text", letter.image_text},
                                        {"image_title", letter.image_title}});
}

/// In pieces that end between two characters.
std::vector<std::string> in_parts(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        std::size_t end = std::min(longest_part, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return parts;
}

json::object parsed(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    return !error && value.is_object() ? value.get_object() : json::object{};
}

void read_contents(const json::object& from, KeptLetter& letter) {
    if (const json::value* page = from.if_contains("page"); page && page->is_object())
        letter.page = page_of(page->get_object());
    letter.image = text_of(from, "image");
    letter.image_text = text_of(from, "image_text");
    letter.image_title = text_of(from, "image_title");
}

}  // namespace

std::string Letters::part_key(const std::string& id, std::size_t number) const {
    return fmt::format("{}letter-part:{}:{:03}", prefix_, id, number);
}

asio::awaitable<Result<>> Letters::load(std::function<bool(const std::string&)> known) {
    if (loaded_) co_return Result<>{};
    const auto notes = co_await notebook_->list(note_key({}));
    if (!notes) co_return notes.error();
    for (const auto& [key, text] : *notes) {
        const json::object note = parsed(text);
        KeptLetter letter;
        letter.id = key.substr(note_key({}).size());
        letter.at = time_of(note, "at").value_or(Time{});
        const json::value* parts = note.if_contains("parts");
        const bool counts = parts && parts->is_int64() && parts->get_int64() > 0;
        const auto count = std::size_t(counts ? std::min(parts->get_int64(), most_parts) : 0);
        std::string contents;
        for (std::size_t i = 0; i < count; ++i) {
            const auto part = co_await notebook_->read(part_key(letter.id, i));
            if (!part) co_return part.error();
            contents += part->value_or("");
        }
        read_contents(parsed(contents), letter);
        if (const json::value* to = note.if_contains("to"); to && to->is_array())
            for (const json::value& name : to->get_array())
                if (name.is_string() && known(std::string(name.get_string())))
                    letter.to.emplace(name.get_string());
        parts_[letter.id] = count;
        letters_.insert_or_assign(letter.id, std::move(letter));
    }
    co_return co_await forget_halves();
}

/// Those that a crash left half written, and those that are for nobody any more.
asio::awaitable<Result<>> Letters::forget_halves() {
    const std::string prefix = prefix_ + "letter-part:";
    const auto notes = co_await notebook_->list(prefix);
    if (!notes) co_return notes.error();
    for (const auto& [key, text] : *notes) {
        const std::string id = key.substr(prefix.size(), key.rfind(':') - prefix.size());
        if (letters_.contains(id)) continue;
        if (Result<> erased = co_await notebook_->erase(key); !erased) co_return erased;
    }
    loaded_ = true;
    std::vector<std::string> for_nobody;
    for (const auto& [id, letter] : letters_)
        if (letter.to.empty()) for_nobody.push_back(id);
    for (const std::string& id : for_nobody) {
        letters_.erase(id);
        if (Result<> forgotten = co_await forget(id); !forgotten) co_return forgotten;
    }
    co_return Result<>{};
}

asio::awaitable<Result<bool>> Letters::put(KeptLetter letter) {
    if (!loaded_)
        co_return Error{ErrorKind::transient, "The desk does not know yet which letters lie on it."};
    if (letter.to.empty() || letters_.contains(letter.id)) co_return false;
    if (notebook_ != nullptr) {
        const Result<> written = co_await write(letter);
        if (!written) co_return written.error();
    }
    const std::set<std::string> readers = letter.to;
    const std::string id = letter.id;
    letters_.insert_or_assign(id, std::move(letter));
    for (const std::string& reader : readers) {
        const std::vector<std::string> there = of(reader);
        if (there.size() <= most_) continue;
        // If it cannot be removed from disk, it lies there again after the next start. The new one is kept
        // either way: nobody would be told of it if this failed.
        co_await dismiss(there.front(), reader);
    }
    co_return true;
}

asio::awaitable<Result<>> Letters::write(const KeptLetter& letter) {
    const std::vector<std::string> parts = in_parts(contents_of(letter));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (Result<> kept = co_await notebook_->write(part_key(letter.id, i), parts[i]); !kept)
            co_return kept;
    }
    parts_[letter.id] = parts.size();
    co_return co_await write_note(letter, parts.size());
}

asio::awaitable<Result<>> Letters::write_note(const KeptLetter& letter, std::size_t parts) {
    const json::object note{{"at", letter.at.time_since_epoch().count()},
                            {"to", json::array(letter.to.begin(), letter.to.end())},
                            {"parts", parts}};
    co_return co_await notebook_->write(note_key(letter.id), json::serialize(note));
}

asio::awaitable<Result<>> Letters::dismiss(std::string id, std::string staff) {
    const auto found = letters_.find(id);
    if (found == letters_.end() || found->second.to.erase(staff) == 0) co_return Result<>{};
    if (found->second.to.empty()) {
        letters_.erase(found);
        co_return co_await forget(std::move(id));
    }
    if (notebook_ == nullptr) co_return Result<>{};
    const KeptLetter copy = found->second;
    co_return co_await write_note(copy, parts_[id]);
}

asio::awaitable<Result<>> Letters::forget(std::string id) {
    const std::size_t count = std::exchange(parts_[id], 0);
    parts_.erase(id);
    if (notebook_ == nullptr) co_return Result<>{};
    if (Result<> erased = co_await notebook_->erase(note_key(id)); !erased) co_return erased;
    for (std::size_t i = 0; i < count; ++i) {
        if (Result<> erased = co_await notebook_->erase(part_key(id, i)); !erased) co_return erased;
    }
    co_return Result<>{};
}

std::vector<std::string> Letters::of(const std::string& staff) const {
    std::vector<const KeptLetter*> there;
    for (const auto& [id, letter] : letters_)
        if (letter.to.contains(staff)) there.push_back(&letter);
    std::stable_sort(there.begin(), there.end(),
                     [](const KeptLetter* a, const KeptLetter* b) { return a->at < b->at; });
    std::vector<std::string> ids;
    ids.reserve(there.size());
    for (const KeptLetter* letter : there) ids.push_back(letter->id);
    return ids;
}

const KeptLetter* Letters::find(const std::string& id, const std::string& staff) const {
    const auto found = letters_.find(id);
    return found == letters_.end() || !found->second.to.contains(staff) ? nullptr : &found->second;
}

}  // namespace rapport::web
