#pragma once

// A sheet of pixels to draw on: the only file that knows the plotting library. PLplot keeps one state for the
// whole process and leaves the process when something goes wrong; here neither is to be seen.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/net/error.hpp"

namespace rapport::reports {

/// Okabe and Ito's colours, which people with any kind of colour blindness tell apart, and greys.
enum class Ink : std::uint8_t {
    paper,
    text,
    faint_text,
    line,
    blue,
    sky,
    orange,
    grey,
    light,
    vermillion,
    green
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;  ///< In pixels; the origin is at the top left.
};

enum class Align : std::uint8_t { left, middle, right };

/// Lives for one drawing.
class Canvas {
public:
    void box(const Box& box, Ink ink) const;
    /// Only its outline, one pixel thin.
    void frame(const Box& box, Ink ink) const;
    void line(double x1, double y1, double x2, double y2, Ink ink) const;
    /// One line of text in letters of `size` pixels, its middle at the height `y`. Any bytes are taken: what
    /// is no letter is left out.
    void text(double x, double y, double size, std::string_view text, Ink ink = Ink::text,
              Align align = Align::left, bool bold = false) const;

private:
    friend Result<std::string> draw_png(int width, int height,
                                        const std::function<void(const Canvas&)>& draw);
    explicit Canvas(double height) : height_(height) {}
    double height_;
};

/// What `draw` draws on a white sheet, as the bytes of a PNG. From any thread, one at a time; needs no
/// display and leaves no file. An Error: the plotting library or its driver is not as it should be.
Result<std::string> draw_png(int width, int height, const std::function<void(const Canvas&)>& draw);

/// The text in one line, without what is no letter (control characters, turns of direction, broken bytes),
/// and cut with "..." to what fits into `width` pixels in letters of `size`.
std::string fitted(std::string_view text, double size, double width);

}  // namespace rapport::reports
