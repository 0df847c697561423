// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"

#include <QComboBox>

#include <string>

namespace nunatak::ui::exchange {

/// In which coordinate system a file is written: that of the project, longitude and latitude, or one that is
/// typed.
class CrsChoice : public QComboBox {
    Q_OBJECT

public:
    explicit CrsChoice(const geo::Crs& ofProject, QWidget* parent = nullptr);

    /// Chooses what is written where none is asked for.
    void reset(bool isLongitudeLatitude);
    /// As ExportChoice::crs has it; empty: what is written where none is asked for.
    std::string chosen() const;

private:
    geo::Crs m_ofProject;
};

} // namespace nunatak::ui::exchange
