// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <QString>

#include <vector>

// What the inspector lists of a glacier's attributes, and of those of several.
namespace nunatak::ui::layers {

struct AttributeRow {
    /// How it is filled in.
    enum class Kind { Line, Lines, Choice };
    struct Choice {
        QString code;
        QString meaning;
        bool operator==(const Choice&) const = default;
    };

    QString name;  ///< the attribute's
    QString title; ///< with its unit
    QString tip;
    Kind kind = Kind::Line;
    QString value;   ///< as somebody would type it; of several what all say
    QString shown;   ///< as people read it
    QString instead; ///< where there is no value for all: what they say, or how it is written
    bool isMixed = false;
    bool isEditable = true;  ///< false of what is measured anew
    bool isEarlier = false;  ///< it was said of an earlier shape
    bool isWords = false;    ///< words with commas between them
    bool isRemovable = true; ///< false of what every glacier may be filled in with
    std::vector<Choice> choices{};
};

struct AttributeRows {
    std::vector<AttributeRow> offered; ///< what any glacier can be filled in with
    std::vector<AttributeRow> others;  ///< what else their file said, or somebody added
};

/// Of one or more. Without `isEditable` only what they say, all of them the same.
AttributeRows attributeRows(const std::vector<outlines::OutlineHandle>& outlines, bool isEditable);

} // namespace nunatak::ui::layers
