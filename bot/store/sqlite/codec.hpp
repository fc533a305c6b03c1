#pragma once

// Nested parts of rows as compact bytes: what is read and written whole, never queried. A first byte with the
// version, then numbers as varints (zigzag where they may be negative), doubles raw, texts with their length.
//
// One function `fields(io, row)` lists the fields of a row; the encoder and the decoder both walk it, so they
// cannot drift apart.

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::sqlite {

/// Version of everything that this file writes. A later one reads the earlier ones by asking `io.version()`.
/// 2: a card's picture; what an account said before.
/// 3: whether an account is suspected to be a bot.
/// 4: whether a card is private.
/// 5: an alert's second answer, and an app's; whom staffers were given lately, and until when they are not to
/// be disturbed; how an alert passed on; when a staffer first wrote to somebody; which alerts about an
/// account were not needed; the silences between a staffer and somebody, and how often staff want to be in
/// touch.
/// 6: whether what goes out is for the team's channel, too.
inline constexpr std::uint8_t codec_version = 7;

static_assert(std::endian::native == std::endian::little, "doubles are kept as they are in memory");

/// Appends to a buffer of the caller, which it empties first.
class Encoder {
public:
    explicit Encoder(std::string& out) : out_(out) {
        out_.clear();
        out_.push_back(char(codec_version));
    }
    std::uint8_t version() const noexcept { return codec_version; }

    template <class... Values>
    void operator()(const Values&... values) {
        (put(values), ...);
    }
    /// An enumeration whose greatest value is `last`.
    template <class Enum>
    void choice(Enum value, Enum) {
        put_number(std::uint64_t(value));
    }

private:
    void put_number(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(char(value | 0x80));
            value >>= 7;
        }
        out_.push_back(char(value));
    }
    void put(bool value) { out_.push_back(value ? 1 : 0); }
    void put(std::uint32_t value) { put_number(value); }
    void put(std::int64_t value) { put_number((std::uint64_t(value) << 1) ^ std::uint64_t(value >> 63)); }
    void put(std::int32_t value) { put(std::int64_t(value)); }
    template <class Id>
        requires std::is_enum_v<Id> && std::same_as<std::underlying_type_t<Id>, std::int64_t>
    void put(Id id) {
        put(std::int64_t(id));
    }
    void put(Time value) { put(std::int64_t(value.time_since_epoch().count())); }
    void put(double value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void put(const std::string& text) {
        put_number(text.size());
        out_.append(text);
    }
    template <class Value>
    void put(const std::optional<Value>& value) {
        put(value.has_value());
        if (value) put(*value);
    }
    template <class Value>
    void put(const std::vector<Value>& values) {
        put_number(values.size());
        for (const Value& value : values) put(value);
    }
    template <class Key, class Value>
    void put(const std::map<Key, Value>& values) {
        put_number(values.size());
        for (const auto& [key, value] : values) {
            put(key);
            put(value);
        }
    }
    template <class... Choices>
    void put(const std::variant<Choices...>& value) {
        put_number(value.index());
        std::visit([&](const auto& chosen) { put(chosen); }, value);
    }
    template <class Row>
        requires requires(Encoder& io, const Row& row) { fields(io, row); }
    void put(const Row& row) {
        fields(*this, row);
    }

    std::string& out_;
};

/// Reads what an Encoder wrote. Garbage never does harm: after the first thing that cannot be, all values are
/// empty and `complete()` is false. No list takes more memory than the bytes that are really there pay for.
class Decoder {
public:
    explicit Decoder(std::string_view bytes) : rest_(bytes) {
        version_ = byte();
        if (version_ == 0 || version_ > codec_version) give_up();
    }
    std::uint8_t version() const noexcept { return version_; }
    /// Everything was well formed and nothing is left over.
    bool complete() const noexcept { return ok_ && rest_.empty(); }

    template <class... Values>
    void operator()(Values&... values) {
        (get(values), ...);
    }
    template <class Enum>
    void choice(Enum& value, Enum last) {
        const std::uint64_t number = get_number();
        if (number > std::uint64_t(last)) return give_up();
        value = Enum(number);
    }

private:
    void give_up() {
        ok_ = false;
        rest_ = {};
    }
    std::uint8_t byte() {
        if (rest_.empty()) {
            give_up();
            return 0;
        }
        const auto first = std::uint8_t(rest_.front());
        rest_.remove_prefix(1);
        return first;
    }
    std::uint64_t get_number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            if (shift == 63 && next > 1) break;  // more than 64 bits
            value |= std::uint64_t(next & 0x7f) << shift;
            if (next < 0x80) return ok_ ? value : 0;
        }
        give_up();
        return 0;
    }
    template <std::integral Number>
    void get_limited(Number& value, std::int64_t number) {
        if (!std::in_range<Number>(number)) return give_up();
        value = Number(number);
    }
    void get(bool& value) {
        const std::uint8_t number = byte();
        if (number > 1) return give_up();
        value = number == 1;
    }
    void get(std::uint32_t& value) {
        const std::uint64_t number = get_number();
        if (number > UINT32_MAX) return give_up();
        value = std::uint32_t(number);
    }
    void get(std::int64_t& value) {
        const std::uint64_t number = get_number();
        value = std::int64_t((number >> 1) ^ (~(number & 1) + 1));
    }
    void get(std::int32_t& value) {
        std::int64_t wide = 0;
        get(wide);
        get_limited(value, wide);
    }
    template <class Id>
        requires std::is_enum_v<Id> && std::same_as<std::underlying_type_t<Id>, std::int64_t>
    void get(Id& id) {
        std::int64_t number = 0;
        get(number);
        id = Id(number);
    }
    void get(Time& value) {
        std::int64_t milliseconds = 0;
        get(milliseconds);
        value = Time{std::chrono::milliseconds{milliseconds}};
    }
    void get(double& value) {
        if (rest_.size() < sizeof value) return give_up();
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
    }
    void get(std::string& text) {
        const std::uint64_t size = get_number();
        if (size > rest_.size()) return give_up();
        text.assign(rest_.substr(0, size));
        rest_.remove_prefix(size);
    }
    template <class Value>
    void get(std::optional<Value>& value) {
        bool there = false;
        get(there);
        if (there) get(value.emplace());
    }
    template <class Value>
    void get(std::vector<Value>& values) {
        const std::uint64_t size = get_number();
        if (size > rest_.size()) return give_up();  // every element takes a byte at least
        values.clear();
        for (std::uint64_t i = 0; i < size && ok_; ++i) get(values.emplace_back());
    }
    template <class Key, class Value>
    void get(std::map<Key, Value>& values) {
        const std::uint64_t size = get_number();
        if (size > rest_.size()) return give_up();
        values.clear();
        for (std::uint64_t i = 0; i < size && ok_; ++i) {
            Key key{};
            get(key);
            get(values[std::move(key)]);
        }
    }
    template <class... Choices>
    void get(std::variant<Choices...>& value) {
        const std::uint64_t index = get_number();
        std::uint64_t at = 0;
        const bool known = ((at++ == index && (get(value.template emplace<Choices>()), true)) || ...);
        if (!known) give_up();
    }
    template <class Row>
        requires requires(Decoder& io, Row& row) { fields(io, row); }
    void get(Row& row) {
        fields(*this, row);
    }

    std::string_view rest_;
    std::uint8_t version_ = 0;
    bool ok_ = true;
};

}  // namespace rapport::sqlite
