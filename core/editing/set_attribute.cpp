// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/set_attribute.h"

#include "base/error.h"
#include "editing/remove_outlines.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

using outlines::AttributeValue;
using outlines::Outline;
using outlines::OutlineRef;

/// A few words of a text that may be long.
std::string inSentence(std::string text) {
    constexpr std::size_t enough = 40;
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (text.size() <= enough) {
        return text;
    }
    std::size_t end = enough;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end; // never through a letter
    }
    return text.substr(0, end) + "…";
}

std::string withUnit(const std::string& name, const AttributeValue& value) {
    const outlines::AttributeInfo* info = outlines::attributeInfo(name);
    const std::string said = inSentence(outlines::meaningOf(name, value));
    const bool isNumber = value.integer() != nullptr || value.real() != nullptr;
    return info != nullptr && isNumber && info->unit[0] != '\0' && info->choices.empty()
               ? said + " " + info->unit
               : said;
}

std::string describe(const std::string& name, const std::string& of, const AttributeValue& value) {
    const std::string what = outlines::titleOf(name) + " of " + of;
    return value.text().empty() ? what + " left empty" : what + " set to " + withUnit(name, value);
}

std::optional<OutlineRef> theOnlyOne(std::span<const OutlineRef> refs) {
    return refs.size() == 1 ? std::optional(refs.front()) : std::nullopt;
}

/// What is said of a shape now is said of this one.
void describeShapeNow(Outline& outline, const std::string& name) {
    const std::uint64_t now = geo::fingerprint(outline.geometry);
    if (outline.describedShape == now) {
        return;
    }
    const auto isAnother = [&](const auto& attribute) {
        return attribute.first != name && !attribute.second.isNull() &&
               outlines::describesTheShape(attribute.first);
    };
    auto& attributes = outline.attributes;
    if (outline.describedShape == 0 && std::any_of(attributes.begin(), attributes.end(), isAnother)) {
        return; // nobody knows of which shape those are
    }
    for (auto& attribute : attributes) {
        if (isAnother(attribute)) {
            attribute.second = AttributeValue::null(attribute.second.type());
        }
    }
    outline.describedShape = now;
}

/// Each of the outlines with what `change` makes of it, where that is something else.
template <typename Change>
void changeEach(Draft& draft, std::span<const OutlineRef> refs, const Change& change) {
    for (const OutlineRef& ref : refs) {
        const auto there = draft.require(ref);
        Outline outline = *there;
        change(outline);
        if (outline != *there) {
            draft.put(ref.layer, std::move(outline));
        }
    }
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    const std::string all = outlines::asWords(text);
    for (std::size_t start = 0; start < all.size();) {
        const std::size_t end = std::min(all.find(", ", start), all.size());
        words.push_back(all.substr(start, end - start));
        start = end + 2;
    }
    return words;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

Edit setAttribute(Draft draft, std::span<const OutlineRef> refs, const std::string& name,
                  const AttributeValue& value) {
    const std::string names = namesInSentence(draft, refs);
    changeEach(draft, refs, [&](Outline& outline) {
        const auto before = outlines::attributeOf(outline, name);
        if (before ? *before == value : value.isNull()) {
            return;
        }
        outlines::putAttribute(outline, name, value);
        if (!value.isNull() && outlines::describesTheShape(name)) {
            describeShapeNow(outline, name);
        }
    });
    return draft.edit(describe(name, names, value), theOnlyOne(refs));
}

Edit changeWords(Draft draft, std::span<const OutlineRef> refs, const std::string& name,
                 const std::string& added, const std::string& removed) {
    const std::string names = namesInSentence(draft, refs);
    const auto come = wordsOf(added);
    const auto go = wordsOf(removed);
    changeEach(draft, refs, [&](Outline& outline) {
        const auto there = outlines::attributeOf(outline, name);
        std::string words;
        for (const std::string& word : wordsOf(there ? there->text() : std::string())) {
            words += contains(go, word) ? "" : word + ",";
        }
        words = outlines::asWords(words + added);
        if (words != (there ? there->text() : std::string())) {
            outlines::putAttribute(outline, name, words.empty() ? AttributeValue() : AttributeValue(words));
        }
    });
    const std::string what = outlines::titleOf(name) + " of " + names;
    const std::string coming = come.empty() ? "" : "added: " + inSentence(outlines::asWords(added));
    const std::string going = go.empty() ? "" : "removed: " + inSentence(outlines::asWords(removed));
    return draft.edit(what + " " + coming + (coming.empty() || going.empty() ? "" : ", ") + going,
                      theOnlyOne(refs));
}

Edit addAttribute(Draft draft, std::span<const OutlineRef> refs, const std::string& name,
                  outlines::AttributeType type) {
    if (name.empty() || name.find_first_not_of(' ') == std::string::npos) {
        throw Error("An attribute has a name.");
    }
    if (outlines::isOwnColumn(name)) {
        throw Error("\"" + name + "\" is a column that the program writes itself; choose another name.");
    }
    const std::string names = namesInSentence(draft, refs);
    changeEach(draft, refs, [&](Outline& outline) {
        if (!outlines::attributeOf(outline, name)) {
            outlines::putAttribute(outline, name, AttributeValue::null(type));
        }
    });
    return draft.edit("Add the attribute " + name + " to " + names, theOnlyOne(refs));
}

Edit removeAttribute(Draft draft, std::span<const OutlineRef> refs, const std::string& name) {
    const std::string names = namesInSentence(draft, refs);
    changeEach(draft, refs, [&](Outline& outline) { outlines::dropAttribute(outline, name); });
    return draft.edit("Remove the attribute " + name + " of " + names, theOnlyOne(refs));
}

void throwUnlessFree(const outlines::OutlineSet& layer, std::span<const OutlineRef> refs,
                     const std::string& name, const AttributeValue& value) {
    const outlines::AttributeInfo* info = outlines::attributeInfo(name);
    const std::string id = value.text();
    if (info == nullptr || info->identifies != outlines::Identifies::Outline || id.empty()) {
        return;
    }
    if (refs.size() > 1) {
        throw Error(std::string(info->title) + " names a single outline: select one glacier.");
    }
    const auto hasIt = [&](const Outline& outline) { // under whatever name a file had it
        return std::any_of(outline.attributes.begin(), outline.attributes.end(), [&](const auto& attribute) {
            return attribute.second.text() == id && outlines::attributeInfo(attribute.first) == info;
        });
    };
    for (const auto& other : layer.all()) {
        const bool isMeant = std::any_of(refs.begin(), refs.end(),
                                         [&](const OutlineRef& ref) { return ref.uuid == other->uuid; });
        if (!isMeant && hasIt(*other)) {
            throw Error("The " + std::string(info->title) + " " + id + " is that of " +
                        (other->name.empty() ? "glacier " + other->uuid.substr(0, 8) : other->name) +
                        " already.");
        }
    }
}

} // namespace nunatak::editing
