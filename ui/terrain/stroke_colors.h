// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

// What says ice, and what says that there is none, while it is drawn and when it is kept. Blue and orange
// stay apart with any kind of colour blindness, and neither is a colour of ice or rock in the usual
// composites.
namespace nunatak::ui::terrain {

inline const QColor strokeOfIce(50, 140, 255);
inline const QColor strokeOfNoIce(255, 140, 0);

} // namespace nunatak::ui::terrain
