#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::bench {

/// Reads JSON once, from front to back, without building anything: the fewest steps that still check what
/// they pass. The first mistake ends it: `ok` is false from then on, and everything read is empty.
class JsonScan {
public:
    explicit JsonScan(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

    bool ok() const noexcept { return ok_; }
    /// Whether only white space is left.
    bool at_end() {
        space();
        return ok_ && at_ == end_;
    }

    /// Reads an object: calls `member(name)` for each member, which must read or skip the value.
    template <class Member>
    void object(Member member) {
        open('{');
        if (take('}')) return;
        do {
            const std::string_view name = raw_string();
            open(':');
            if (ok_) member(name);
        } while (ok_ && take(','));
        open('}');
    }

    /// A string, decoded into `out`.
    void string(std::string& out);
    /// A string as it stands between its quotes.
    std::string_view raw_string();
    /// Any value.
    void skip(int depth = 0);

private:
    static constexpr int most_depth = 64;

    void space() {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
    }
    bool take(char c) {
        space();
        if (at_ == end_ || *at_ != c) return false;
        ++at_;
        return true;
    }
    void open(char c) {
        if (!take(c)) fail();
    }
    void fail() {
        ok_ = false;
        at_ = end_;
    }
    void word(std::string_view expected);
    void number();
    std::uint32_t four_digits(const char*& from, const char* until);

    const char* at_;
    const char* end_;
    bool ok_ = true;
};

}  // namespace rapport::bench
