// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layers/attribute_rows.h"

#include <QString>

#include <functional>

class QWidget;

// The fields that attributes are filled in with.
namespace nunatak::ui::layers {

/// `said` is told what somebody typed or chose, once it is done: with Enter, by going elsewhere, at once
/// where it is chosen of a list; it says whether that was a value. Then the keys are the view's again. Esc
/// puts back what there was. Neither the wheel nor a letter that is a tool's key changes a choice.
QWidget* makeAttributeField(AttributeRow::Kind kind, std::function<bool(const QString&)> said);
void fillAttributeField(QWidget& field, const AttributeRow& row);
/// Somebody has written into it and is not done.
bool isBeingTyped(const QWidget& field);

} // namespace nunatak::ui::layers
