// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

// What says ice, and what says that there is none, while it is drawn and when it is kept: red, green, blue.
// Blue and orange stay apart with any kind of colour blindness, and neither is a colour of ice or rock in the
// usual composites.
namespace nunatak::ui::terrain {

inline constexpr std::array strokeOfIce{50, 140, 255};
inline constexpr std::array strokeOfNoIce{255, 140, 0};

} // namespace nunatak::ui::terrain
