// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/attribute_value.h"

class OGRFeature;

// Values of a feature's fields between OGR and an outline's attributes, with their types.
namespace nunatak::exchange {

/// The value of field number `field`, which is set; lists become JSON, bytes hexadecimal digits.
outlines::AttributeValue valueOf(const OGRFeature& feature, int field);

/// Stores a value in a field of a fitting type; a null leaves it empty.
void setValue(OGRFeature& feature, int field, const outlines::AttributeValue& value);

} // namespace nunatak::exchange
