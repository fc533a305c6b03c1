#include "adapters/net/http.hpp"

#include <algorithm>

namespace rapport::net {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view find(const std::vector<Header>& headers, std::string_view name) noexcept {
    for (const Header& header : headers) {
        if (same_word(header.name, name)) return header.value;
    }
    return {};
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::header(std::string_view name) const noexcept {
    return find(headers, name);
}
std::string_view Response::header(std::string_view name) const noexcept {
    return find(headers, name);
}

std::string_view Request::path() const noexcept {
    const std::string_view whole{target};
    return whole.substr(0, whole.find('?'));
}

}  // namespace rapport::net
