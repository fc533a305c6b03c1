#include "bot/reports/canvas.hpp"

#include <fmt/format.h>
#include <plplot.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

namespace rapport::reports {

namespace {

struct Colour {
    int red, green, blue;
};
/// By Ink.
constexpr std::array<Colour, 11> palette{{{255, 255, 255},
                                          {28, 28, 30},
                                          {95, 99, 104},
                                          {205, 208, 212},
                                          {0, 114, 178},
                                          {86, 180, 233},
                                          {230, 159, 0},
                                          {140, 144, 150},
                                          {222, 225, 229},
                                          {213, 94, 0},
                                          {0, 158, 115}}};

constexpr const char* device = "pngcairo";
/// PLplot's drivers think in dots of a 72nd of an inch, its letters in millimetres; the letters' height is
/// that of a capital, 1.4 times smaller than the font's size.
constexpr double mm_of_pixel = 25.4 / 72 / 1.4;
/// PLplot's own texts are cut at 500 characters, its escapes included.
constexpr std::size_t most_bytes = 300;
constexpr double usual_letter = 0.58, wide_letter = 1.3;  ///< Of the font's size, on the safe side.

class PlotError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// PLplot calls this before it ends the process: so it does not.
int leave(const char* why) {
    throw PlotError(why && *why ? why : "no reason given");
}

/// Whether the driver is installed. Without it PLplot would ask whoever sits at the terminal for another, and
/// without any it would end the process.
bool driver_is_there() {
    plsexit(leave);
    constexpr int most = 64;
    std::array<const char*, most> menu{}, names{};
    const char** menu_at = menu.data();
    const char** names_at = names.data();
    int count = most;
    plgFileDevs(&menu_at, &names_at, &count);
    return std::any_of(names.begin(), names.begin() + std::clamp(count, 0, most),
                       [](const char* name) { return name && std::string_view{name} == device; });
}

/// A file in memory. PLplot closes it itself when it ends its page.
struct MemoryFile {
    ~MemoryFile() { std::free(bytes); }
    char* bytes = nullptr;
    std::size_t size = 0;
};

std::size_t letter_at(std::string_view text, std::int32_t& letter) {
    const auto taken = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        utf8proc_ssize_t(text.size()), &letter);
    if (taken > 0) return std::size_t(taken);
    letter = -1;
    return 1;
}

bool is_shown(std::int32_t letter) {
    if (letter < 0) return false;
    switch (utf8proc_category(letter)) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return false;
        default:
            return true;
    }
}

/// '#' begins PLplot's escapes; two of them are one.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == '#') out += c;
    }
    return out;
}

void begin(std::FILE* file, int width, int height) {
    plsdev(device);
    plsfile(file);
    plspage(0, 0, width, height, 0, 0);
    plscmap0n(int(palette.size()));
    for (std::size_t i = 0; i < palette.size(); ++i)
        plscol0(int(i), palette[i].red, palette[i].green, palette[i].blue);
    plinit();
    pladv(0);
    plvpor(0, 1, 0, 1);
    plwind(0, width, 0, height);
    plwidth(1);
}

}  // namespace

void Canvas::box(const Box& box, Ink ink) const {
    if (box.width <= 0 || box.height <= 0) return;
    const std::array<double, 4> x{box.x, box.x + box.width, box.x + box.width, box.x};
    const double top = height_ - box.y;
    const std::array<double, 4> y{top, top, top - box.height, top - box.height};
    plcol0(int(ink));
    plfill(4, x.data(), y.data());
}

void Canvas::frame(const Box& box, Ink ink) const {
    line(box.x, box.y, box.x + box.width, box.y, ink);
    line(box.x, box.y + box.height, box.x + box.width, box.y + box.height, ink);
    line(box.x, box.y, box.x, box.y + box.height, ink);
    line(box.x + box.width, box.y, box.x + box.width, box.y + box.height, ink);
}

void Canvas::line(double x1, double y1, double x2, double y2, Ink ink) const {
    plcol0(int(ink));
    pljoin(x1, height_ - y1, x2, height_ - y2);
}

void Canvas::text(double x, double y, double size, std::string_view text, Ink ink, Align align,
                  bool bold) const {
    const std::string shown = fitted(text, size, 1e9);
    if (shown.empty()) return;
    plcol0(int(ink));
    plsfont(PL_FCI_SANS, PL_FCI_UPRIGHT, bold ? PL_FCI_BOLD : PL_FCI_MEDIUM);
    plschr(size * mm_of_pixel, 1);
    const double just = align == Align::left ? 0 : align == Align::middle ? 0.5 : 1;
    plptex(x, height_ - y, 1, 0, just, escaped(shown).c_str());
}

std::string fitted(std::string_view text, double size, double width) {
    std::string out;
    std::size_t fits = 0;  // how much of `out` leaves room for the dots
    double used = 0;
    const double dots = size * usual_letter;
    for (std::size_t at = 0; at < text.size();) {
        std::int32_t letter = 0;
        const std::string_view piece = text.substr(at, letter_at(text.substr(at), letter));
        at += piece.size();
        const bool blank = letter == '\n' || letter == '\t' || letter == '\r';
        if (!blank && !is_shown(letter)) continue;
        used += size * (blank                            ? usual_letter
                        : utf8proc_charwidth(letter) > 1 ? wide_letter
                                                         : usual_letter * utf8proc_charwidth(letter));
        if (used > width || out.size() + piece.size() > most_bytes)
            return out.substr(0, fits) + "\xE2\x80\xA6";
        out += blank ? " " : piece;
        if (used + dots <= width) fits = out.size();
    }
    return out;
}

Result<std::string> draw_png(int width, int height, const std::function<void(const Canvas&)>& draw) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock{one_at_a_time};
    const auto failed = [](std::string_view why) {
        return Error{ErrorKind::rejected,
                     fmt::format("The picture could not be drawn: {}. Is the package plplot-driver-cairo "
                                 "installed?",
                                 why)};
    };
    try {
        if (!driver_is_there()) return failed("PLplot has no driver for PNG");
    } catch (const PlotError&) {
        return failed("PLplot has no drivers");
    }
    MemoryFile memory;
    std::FILE* file = open_memstream(&memory.bytes, &memory.size);
    if (!file) return failed("there is no memory for it");
    try {
        begin(file, width, height);
        draw(Canvas{double(height)});
        plend1();
    } catch (const PlotError& error) {
        int level = 0;
        plglevel(&level);
        plend1();
        if (level == 0) std::fclose(file);  // it had not come to what closes it
        return failed(error.what());
    }
    return std::string(memory.bytes, memory.size);
}

}  // namespace rapport::reports
