// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/condition_map.h"

#include <QColor>

#include <cstdint>
#include <vector>

namespace nunatak::ui {

/// In which a condition is shown: apart for colour-blind eyes, on snow and on rock.
QColor conditionColor(ranking::Condition condition);

/// Colours the pixels of an RGBA picture where one of the `shown` conditions holds (Condition as bits, as
/// many pixels as the picture has). Pixels without data stay as they are.
void tintConditions(std::vector<std::uint8_t>& picture, const Image<std::uint8_t>& bits, std::uint8_t shown);

} // namespace nunatak::ui
