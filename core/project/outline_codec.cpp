// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_codec.h"

#include "base/error.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>

namespace nunatak::project {

namespace {

using database::Bytes;
using database::ReverseChange;
using outlines::AttributeType;
using outlines::AttributeValue;
using outlines::Outline;

/// Where the length of a text is expected: here is an attribute of another type, or what an inventory says.
constexpr std::uint32_t noText = 0xFFFFFFFF;

/// The texts of an outline, in the order in which they are encoded.
template <typename AnyOutline> auto textsOf(AnyOutline& outline) {
    return std::array{&outline.uuid,   &outline.name,  &outline.srcDate,          &outline.sceneId,
                      &outline.sensor, &outline.model, &outline.modelFingerprint, &outline.run};
}

class Encoder {
public:
    template <typename T> void put(T value) {
        const auto* first = reinterpret_cast<const std::uint8_t*>(&value);
        m_bytes.insert(m_bytes.end(), first, first + sizeof value);
    }
    void put(const std::string& text) {
        put(static_cast<std::uint32_t>(text.size()));
        m_bytes.insert(m_bytes.end(), text.begin(), text.end());
    }
    /// Texts as ever, so that histories of before there were other types stay what they are; anything else
    /// behind a length that no text has.
    void put(const AttributeValue& value) {
        if (value.type() == AttributeType::Text && !value.isNull()) {
            put(*value.string());
            return;
        }
        put(noText);
        put(static_cast<std::uint8_t>(value.type()));
        put(static_cast<std::uint8_t>(!value.isNull()));
        if (const auto* whole = value.integer()) {
            put(*whole);
        } else if (const auto* number = value.real()) {
            put(*number + 0.0); // no negative zero
        } else if (const auto* answer = value.boolean()) {
            put(static_cast<std::uint8_t>(*answer));
        } else if (const auto* moment = value.string()) {
            put(*moment);
        }
    }
    void put(const geo::Ring& ring) {
        put(static_cast<std::uint32_t>(ring.size()));
        const auto* first = reinterpret_cast<const std::uint8_t*>(ring.data());
        m_bytes.insert(m_bytes.end(), first, first + ring.size() * sizeof(geo::Point));
    }
    void reserve(std::size_t size) { m_bytes.reserve(size); }
    void clear() { m_bytes.clear(); }
    const Bytes& bytes() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }

private:
    static_assert(sizeof(geo::Point) == 2 * sizeof(double));
    Bytes m_bytes;
};

class Decoder {
public:
    explicit Decoder(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    template <typename T> T number() {
        T value{};
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text() { return text(number<std::uint32_t>()); }
    AttributeValue attribute() {
        const auto length = number<std::uint32_t>();
        if (length != noText) {
            return text(length);
        }
        const auto type = static_cast<AttributeType>(number<std::uint8_t>());
        if (type > AttributeType::DateTime) {
            throwDamaged();
        }
        if (number<std::uint8_t>() == 0) {
            return AttributeValue::null(type);
        }
        switch (type) {
        case AttributeType::Integer:
            return number<std::int64_t>();
        case AttributeType::Real:
            return number<double>();
        case AttributeType::Boolean:
            return number<std::uint8_t>() != 0;
        default:
            return AttributeValue::moment(type, text());
        }
    }
    geo::Ring ring() {
        const auto part = take(number<std::uint32_t>() * sizeof(geo::Point));
        geo::Ring points(part.size() / sizeof(geo::Point));
        if (!part.empty()) {
            std::memcpy(points.data(), part.data(), part.size());
        }
        return points;
    }
    /// A count of things of at least one byte each, so that damage cannot ask for all memory.
    std::uint32_t count() {
        const auto value = number<std::uint32_t>();
        if (value > m_bytes.size()) {
            throwDamaged();
        }
        return value;
    }

    bool atEnd() const { return m_bytes.empty(); }
    /// True, and behind it, where no text begins here.
    bool skipsMark() {
        Decoder ahead = *this;
        const bool isMark = ahead.number<std::uint32_t>() == noText;
        *this = isMark ? ahead : *this;
        return isMark;
    }
    outlines::Review review() {
        const auto value = number<std::uint8_t>();
        if (value > static_cast<std::uint8_t>(outlines::Review::Removed)) {
            throwDamaged();
        }
        return static_cast<outlines::Review>(value);
    }
    outlines::Origin origin() {
        const auto value = number<std::uint8_t>();
        if (value > static_cast<std::uint8_t>(outlines::Origin::Drawn)) {
            throwDamaged();
        }
        return static_cast<outlines::Origin>(value);
    }

private:
    std::string text(std::uint32_t length) {
        const auto part = take(length);
        return {part.begin(), part.end()};
    }
    [[noreturn]] static void throwDamaged() {
        throw Error("A step of the project's history is damaged and cannot be taken back. Put a copy of the "
                    "project from a "
                    "backup in its place.");
    }
    std::span<const std::uint8_t> take(std::size_t size) {
        if (size > m_bytes.size()) {
            throwDamaged();
        }
        const auto part = m_bytes.first(size);
        m_bytes = m_bytes.subspan(size);
        return part;
    }
    std::span<const std::uint8_t> m_bytes;
};

void encode(const Outline& outline, Encoder& encoder) {
    encoder.reserve(sizeof(geo::Point) * (geo::vertexCount(outline.geometry) + 64)); // and some texts
    // What changes with every first edit stands together, before the vertices, so that the stretch that
    // differs is short.
    if (saysWhose(outline)) {
        encoder.put(noText);
        encoder.put(static_cast<std::uint8_t>(outline.origin));
        encoder.put(static_cast<std::uint8_t>(outline.isChanged));
        encoder.put(outline.analyst);
    }
    for (const std::string* text : textsOf(outline)) {
        encoder.put(*text);
    }
    encoder.put(outline.threshold + 0.0); // no negative zero
    encoder.put(static_cast<std::uint32_t>(outline.attributes.size()));
    for (const auto& [key, value] : outline.attributes) {
        encoder.put(key);
        encoder.put(value);
    }
    encoder.put(static_cast<std::uint32_t>(outline.geometry.size()));
    for (const geo::Polygon& polygon : outline.geometry) {
        encoder.put(static_cast<std::uint32_t>(polygon.holes.size()));
        encoder.put(polygon.outer);
        for (const geo::Ring& hole : polygon.holes) {
            encoder.put(hole);
        }
    }
    // At the end and only where there is one: histories of before there were these stay what they are.
    const outlines::ReviewRecord& record = outline.reviewRecord;
    const bool hasRecord = record != outlines::ReviewRecord();
    const bool isDescribed = outline.describedShape != 0 || hasRecord;
    if (outline.review != outlines::Review::NotReviewed || isDescribed) {
        encoder.put(static_cast<std::uint8_t>(outline.review));
    }
    if (isDescribed) {
        encoder.put(outline.describedShape);
    }
    if (hasRecord) {
        encoder.put(record.reviewer);
        encoder.put(record.time);
        encoder.put(record.note);
        encoder.put(static_cast<std::uint8_t>(record.isOutdated));
    }
}

Bytes encode(const Outline& outline) {
    Encoder encoder;
    encode(outline, encoder);
    return encoder.take();
}

Outline decode(std::span<const std::uint8_t> bytes) {
    Decoder decoder(bytes);
    Outline outline;
    if (decoder.skipsMark()) {
        outline.origin = decoder.origin();
        outline.isChanged = decoder.number<std::uint8_t>() != 0;
        outline.analyst = decoder.text();
    }
    for (std::string* text : textsOf(outline)) {
        *text = decoder.text();
    }
    outline.threshold = decoder.number<double>();
    for (std::uint32_t i = decoder.count(); i > 0; --i) {
        std::string key = decoder.text();
        outline.attributes[std::move(key)] = decoder.attribute();
    }
    for (std::uint32_t i = decoder.count(); i > 0; --i) {
        geo::Polygon& polygon = outline.geometry.emplace_back();
        const std::uint32_t holes = decoder.count();
        polygon.outer = decoder.ring();
        for (std::uint32_t k = 0; k < holes; ++k) {
            polygon.holes.push_back(decoder.ring());
        }
    }
    if (!decoder.atEnd()) {
        outline.review = decoder.review();
    }
    if (!decoder.atEnd()) {
        outline.describedShape = decoder.number<std::uint64_t>();
    }
    if (!decoder.atEnd()) {
        outline.reviewRecord.reviewer = decoder.text();
        outline.reviewRecord.time = decoder.text();
        outline.reviewRecord.note = decoder.text();
        outline.reviewRecord.isOutdated = decoder.number<std::uint8_t>() != 0;
    }
    return outline;
}

/// Tells states of an outline apart; not meant against malice.
std::int64_t hashOf(const Bytes& bytes) {
    constexpr std::uint64_t prime = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = bytes.size();
    const auto add = [&](const std::uint8_t* first, std::size_t count) {
        std::uint64_t word = 0;
        std::memcpy(&word, first, count);
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
    };
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
        add(bytes.data() + i, 8); // a number that compilers make one instruction of
    }
    if (i < bytes.size()) {
        add(bytes.data() + i, bytes.size() - i);
    }
    return static_cast<std::int64_t>(hash);
}

} // namespace

std::int64_t stateOf(const Outline& outline) {
    thread_local Encoder encoder; // keeps its memory for the next of thousands
    encoder.clear();
    encode(outline, encoder);
    return hashOf(encoder.bytes());
}

ReverseChange reverseOf(const outlines::OutlineChange& change) {
    ReverseChange reverse;
    reverse.layer = change.layer;
    reverse.uuid = change.after ? change.after->uuid : change.before->uuid;
    if (!change.before) {
        reverse.afterHash = stateOf(*change.after);
        return reverse;
    }
    Bytes later;
    if (change.after) {
        later = encode(*change.after);
        reverse.afterHash = hashOf(later);
    }
    Bytes earlier = encode(*change.before);
    if (!change.after) {
        reverse.before = ReverseChange::Before::Whole;
        reverse.bytes = std::move(earlier);
        return reverse;
    }
    const auto [a, b] = std::mismatch(earlier.begin(), earlier.end(), later.begin(), later.end());
    const auto [ra, rb] = std::mismatch(earlier.rbegin(), std::make_reverse_iterator(a), later.rbegin(),
                                        std::make_reverse_iterator(b));
    reverse.before = ReverseChange::Before::Difference;
    reverse.prefix = static_cast<std::uint64_t>(a - earlier.begin());
    reverse.suffix = static_cast<std::uint64_t>(ra - earlier.rbegin());
    reverse.bytes.assign(a, ra.base());
    return reverse;
}

std::optional<OutlineHandle> before(const ReverseChange& change, const OutlineHandle& now) {
    Bytes later;
    if (now) {
        later = encode(*now);
    }
    if (change.afterHash.has_value() != (now != nullptr) || (now && *change.afterHash != hashOf(later))) {
        return std::nullopt;
    }
    switch (change.before) {
    case ReverseChange::Before::Unknown:
        return std::nullopt;
    case ReverseChange::Before::Absent:
        return OutlineHandle();
    case ReverseChange::Before::Whole:
        return outlines::share(decode(change.bytes));
    case ReverseChange::Before::Difference:
        break;
    }
    if (change.prefix > later.size() || change.suffix > later.size() - change.prefix) {
        return std::nullopt;
    }
    Bytes earlier(later.begin(), later.begin() + static_cast<std::ptrdiff_t>(change.prefix));
    earlier.insert(earlier.end(), change.bytes.begin(), change.bytes.end());
    earlier.insert(earlier.end(), later.end() - static_cast<std::ptrdiff_t>(change.suffix), later.end());
    return outlines::share(decode(earlier));
}

std::string whyNotStorable(const outlines::SharedOutline& outline) {
    if (outline.uuid.empty()) {
        return "has no UUID";
    }
    if (outline.geometry.empty()) {
        return "has no polygon";
    }
    if (!outline.hasSoundRings()) {
        return "has a ring of less than three vertices or with coordinates that are no numbers";
    }
    if (!std::isfinite(outline.threshold)) {
        return "has a threshold that is no number";
    }
    const auto texts = textsOf(outline);
    if (!isUtf8(outline.analyst) || !isUtf8(outline.reviewRecord.reviewer) ||
        !isUtf8(outline.reviewRecord.time) || !isUtf8(outline.reviewRecord.note) ||
        !std::all_of(texts.begin(), texts.end(), [](const std::string* text) { return isUtf8(*text); }) ||
        !std::all_of(outline.attributes.begin(), outline.attributes.end(),
                     [](const auto& pair) { return isUtf8(pair.first) && isUtf8(pair.second.text()); })) {
        return "has a text that is no UTF-8";
    }
    return {};
}

} // namespace nunatak::project
