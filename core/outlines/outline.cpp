// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline.h"

#include "base/error.h"
#include "base/letters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace nunatak::outlines {

namespace {

constexpr std::array<std::string_view, 4> kindNames{"inventory", "predicted", "expert", "side"};
constexpr std::array<std::string_view, 4> reviewNames{"not reviewed", "accepted", "doubtful", "removed"};
constexpr std::array<std::string_view, 4> originNames{"", "machine", "imported", "drawn"};

} // namespace

SharedOutline::SharedOutline(Outline outline)
    : Outline(std::move(outline)), m_measured(walkAlong(geometry)) {}

SharedOutline::SharedOutline(Outline outline, const SharedOutline& before, std::span<const ChangedRun> runs)
    : Outline(std::move(outline)) {
    auto known = walkAfter(before.m_measured, geometry, runs);
    m_measured = known ? std::move(*known) : walkAlong(geometry);
}

OutlineHandle share(Outline outline) {
    return std::make_shared<const SharedOutline>(std::move(outline));
}

std::string toString(LayerKind kind) {
    return std::string(kindNames.at(static_cast<std::size_t>(kind)));
}

LayerKind layerKindFromString(const std::string& text) {
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (text == kindNames[i]) {
            return static_cast<LayerKind>(i);
        }
    }
    throw Error("\"" + text + "\" is no kind of outline layer. Use inventory, predicted, expert or side.");
}

bool isReference(LayerKind kind) {
    return kind == LayerKind::Predicted || kind == LayerKind::Expert;
}

bool Epoch::covers(const std::string& date) const {
    const auto dated = yearOf(date);
    return !year || !dated || std::abs(*dated - *year) <= tolerance;
}

std::string toString(const Epoch& epoch) {
    return epoch.year ? std::to_string(*epoch.year) + " ± " + std::to_string(epoch.tolerance) + " years"
                      : epoch.name;
}

std::optional<int> yearOf(const std::string& date) {
    int year = 0;
    const auto [end, trouble] = std::from_chars(date.data(), date.data() + date.size(), year);
    const bool isWhole = end == date.data() + 4 && (date.size() == 4 || date[4] == '-');
    return trouble == std::errc() && isWhole ? std::optional(year) : std::nullopt;
}

const std::string& titleOf(const LayerInfo& layer) {
    return layer.title.empty() ? layer.name : layer.title;
}

std::string toString(Origin origin) {
    return std::string(originNames.at(static_cast<std::size_t>(origin)));
}

Origin originFromString(const std::string& text) {
    const auto found = std::find(originNames.begin(), originNames.end(), text);
    return found == originNames.end() ? Origin::Unknown : static_cast<Origin>(found - originNames.begin());
}

bool isTouched(const Outline& outline) {
    return outline.isChanged || outline.review != Review::NotReviewed || outline.origin == Origin::Drawn ||
           outline.origin == Origin::Unknown;
}

std::string toString(Review review) {
    return std::string(reviewNames.at(static_cast<std::size_t>(review)));
}

std::optional<Review> reviewFromString(const std::string& text) {
    const std::string lower = lowerCase(text);
    if (lower.empty()) {
        return Review::NotReviewed;
    }
    for (std::size_t i = 0; i < reviewNames.size(); ++i) {
        if (lower == reviewNames[i]) {
            return static_cast<Review>(i);
        }
    }
    return std::nullopt;
}

std::string makeUuid() {
    // The system's source of randomness, all bytes at once: a generator seeded from 32 bits would repeat
    // itself, and the processor's own, which random_device asks, takes longer for each number.
    std::array<std::uint8_t, 16> bytes{};
    if (::getentropy(bytes.data(), bytes.size()) != 0) {
        throw Error("The system gives no random numbers, of which the ids of outlines are made.");
    }
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40); // version 4
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80); // RFC 4122
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text += '-';
        }
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 0x0F];
    }
    return text;
}

} // namespace nunatak::outlines
