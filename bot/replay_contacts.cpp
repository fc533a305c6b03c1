#include "bot/replay_contacts.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <fstream>

namespace rapport {

namespace {

/// FNV-1a, 64 bits: tells a changed file from the same one. Nobody gains from a collision.
class Digest {
public:
    void add(std::string_view bytes) {
        for (const char byte : bytes) sum_ = (sum_ ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    }
    std::uint64_t sum() const noexcept { return sum_; }

private:
    std::uint64_t sum_ = 0xCBF29CE484222325U;
};

Result<std::uint64_t> digest_of(const std::filesystem::path& file, const std::string& realm) {
    Digest digest;
    digest.add(realm);
    std::ifstream in{file, std::ios::binary};
    std::array<char, 65536> buffer{};
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
        digest.add({buffer.data(), static_cast<std::size_t>(in.gcount())});
    if (!in.eof())
        return Error{ErrorKind::rejected,
                     file.string() + ": reading failed. Check the name and the permissions."};
    return digest.sum();
}

}  // namespace

void StatedContacts::stamp(Event& event, std::uint64_t number) const {
    event.seen = seen;
    event.cursor_name = cursor_name;
    event.cursor = cursor_start + std::to_string(number);
    if (ContactStated* contact = std::get_if<ContactStated>(&event.body)) contact->at = at;
}

Result<std::optional<Time>> first_moment(std::span<const std::filesystem::path> files,
                                         const replay::Options& how) {
    for (const std::filesystem::path& file : files) {
        Result<std::unique_ptr<replay::EventSource>> source = replay::open(file, how);
        if (!source) return source.error();
        if ((*source)->cursor_name().empty()) continue;
        Result<std::optional<Event>> first = (*source)->next();
        if (!first) return first.error();
        if (*first) return std::optional{(*first)->seen};
    }
    return std::optional<Time>{};
}

Result<StatedContacts> state_contacts(const std::filesystem::path& file, const std::string& realm,
                                      std::optional<Time> next, Time latest,
                                      const std::map<std::string, std::string>& cursors) {
    const Result<std::uint64_t> digest = digest_of(file, realm);
    if (!digest) return digest.error();
    StatedContacts stated;
    stated.seen = next.value_or(latest);
    stated.at = stated.seen;
    // Neither messages nor a store that has some: only the calendar on the wall is left. Simulated time stays
    // where it is, for messages of long ago may follow some day.
    if (stated.at == Time{})
        stated.at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    stated.cursor_name = "contacts:" + file.filename().string();
    stated.cursor_start = fmt::format("{:016x}:", *digest);
    const auto known = cursors.find(stated.cursor_name);
    if (known != cursors.end() && known->second.starts_with(stated.cursor_start)) {
        const std::string& place = known->second;
        std::from_chars(place.data() + stated.cursor_start.size(), place.data() + place.size(), stated.done);
    }
    return stated;
}

}  // namespace rapport
