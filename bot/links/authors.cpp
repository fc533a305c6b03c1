#include "bot/links/authors.hpp"

#include <algorithm>
#include <string>

namespace rapport::links {

std::uint32_t hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    return hash;
}

std::string in_lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return lower;
}

AuthorSlot Authors::find(std::uint32_t name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nobody : found->second;
}

AuthorSlot Authors::find_or_add(std::uint32_t name, Number touched, Number oldest_needed) {
    AuthorSlot slot = find(name);
    if (slot == nobody && all_.size() < std::size_t(most_authors)) {
        slot = AuthorSlot(all_.size());
        all_.emplace_back();
    } else if (slot == nobody) {
        slot = replace_oldest(name, oldest_needed);
        if (slot == nobody) return nobody;
    }
    by_name_[name] = slot;
    Author& author = all_[std::size_t(slot)];
    author.name = name;
    author.touched = std::max(author.touched, touched);
    return slot;
}

AuthorSlot Authors::replace_oldest(std::uint32_t name, Number oldest_needed) {
    const auto oldest = std::min_element(
        all_.begin(), all_.end(), [](const Author& a, const Author& b) { return a.touched < b.touched; });
    if (oldest->touched >= oldest_needed) return nobody;
    const AuthorSlot slot = AuthorSlot(oldest - all_.begin());
    by_name_.erase(oldest->name);
    *oldest = Author{};
    oldest->name = name;
    for (Author& other : all_)
        if (other.partner == slot) other.partner = nobody;
    return slot;
}

}  // namespace rapport::links
