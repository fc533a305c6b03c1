#include "bench/json_scan.hpp"

#include <cstring>

namespace rapport::bench {

namespace {

constexpr std::uint64_t each = 0x0101010101010101U;

/// Which of eight bytes equals `c`: its high bit is set, exact up to the first one.
std::uint64_t equal(std::uint64_t bytes, char c) {
    const std::uint64_t differing = bytes ^ each * std::uint8_t(c);
    return (differing - each) & ~differing & each * 0x80;
}

/// Which of eight bytes is a control character; exact up to the first one.
std::uint64_t control(std::uint64_t bytes) {
    return (bytes - each * 0x20) & ~bytes & each * 0x80;
}

void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += char(code);
    } else if (code < 0x800) {
        out += char(0xc0 | code >> 6);
        out += char(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += char(0xe0 | code >> 12);
        out += char(0x80 | (code >> 6 & 0x3f));
        out += char(0x80 | (code & 0x3f));
    } else {
        out += char(0xf0 | code >> 18);
        out += char(0x80 | (code >> 12 & 0x3f));
        out += char(0x80 | (code >> 6 & 0x3f));
        out += char(0x80 | (code & 0x3f));
    }
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::string_view JsonScan::raw_string() {
    open('"');
    const char* const from = at_;
    while (ok_) {
        while (end_ - at_ >= 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at_, 8);
            const std::uint64_t special = equal(bytes, '"') | equal(bytes, '\\') | control(bytes);
            if (special != 0) {
                at_ += __builtin_ctzll(special) / 8;
                break;
            }
            at_ += 8;
        }
        if (at_ == end_ || std::uint8_t(*at_) < 0x20) break;
        const char c = *at_++;
        if (c == '"') return {from, std::size_t(at_ - 1 - from)};
        if (c == '\\' && at_++ == end_) break;
    }
    fail();
    return {};
}

std::uint32_t JsonScan::four_digits(const char*& from, const char* until) {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i, ++from) {
        const char c = from < until ? *from : ' ';
        const char lower = char(c | 0x20);
        if (is_digit(c)) {
            code = code << 4 | std::uint32_t(c - '0');
        } else if (lower >= 'a' && lower <= 'f') {
            code = code << 4 | std::uint32_t(lower - 'a' + 10);
        } else {
            fail();
            return 0;
        }
    }
    return code;
}

void JsonScan::string(std::string& out) {
    out.clear();
    const std::string_view raw = raw_string();
    const char* from = raw.data();
    const char* const until = raw.data() + raw.size();
    while (from < until) {
        const auto* slash = static_cast<const char*>(std::memchr(from, '\\', std::size_t(until - from)));
        if (!slash) break;
        out.append(from, slash);
        from = slash + 2;
        static constexpr std::string_view codes = "\"\\/bfnrt";
        static constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        if (const std::size_t known = codes.find(slash[1]); known != codes.npos) {
            out += meant[known];
            continue;
        }
        if (slash[1] != 'u') return fail();
        std::uint32_t code = four_digits(from, until);
        if (code >= 0xd800 && code < 0xdc00 && until - from >= 6 && from[0] == '\\' && from[1] == 'u') {
            from += 2;
            const std::uint32_t low = four_digits(from, until);
            if (low < 0xdc00 || low > 0xdfff) return fail();
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xd800 && code < 0xe000) {
            return fail();
        }
        append_utf8(out, code);
    }
    if (from < until) out.append(from, until);
}

void JsonScan::word(std::string_view expected) {
    if (std::string_view{at_, std::size_t(end_ - at_)}.starts_with(expected)) {
        at_ += expected.size();
    } else {
        fail();
    }
}

void JsonScan::number() {
    const auto digits = [&] {
        const char* const from = at_;
        while (at_ != end_ && is_digit(*at_)) ++at_;
        if (at_ == from) fail();
    };
    if (at_ != end_ && *at_ == '-') ++at_;
    if (at_ != end_ && *at_ == '0') {
        ++at_;
    } else {
        digits();
    }
    if (at_ != end_ && *at_ == '.') {
        ++at_;
        digits();
    }
    if (at_ == end_ || (*at_ | 0x20) != 'e') return;
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    digits();
}

void JsonScan::skip(int depth) {
    space();
    if (at_ == end_ || depth > most_depth) return fail();
    switch (*at_) {
        case '{':
            return object([&](std::string_view) { skip(depth + 1); });
        case '[':
            ++at_;
            if (take(']')) return;
            do skip(depth + 1);
            while (ok_ && take(','));
            return open(']');
        case '"':
            raw_string();
            return;
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
    }
}

}  // namespace rapport::bench
