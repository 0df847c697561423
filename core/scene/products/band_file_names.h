// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/sensor_band_names.h"

#include <optional>
#include <string>

namespace nunatak::scene::products {

/// Whose way of naming files of one band each it is.
enum class BandFiles {
    Hls,            ///< HLS.L30.T17SLU.2020209T155956.v2.0.B04.tif (HLS User Guide, version 2.0)
    Sentinel2,      ///< T32TPS_20200822T101559_B04_10m.jp2, S2A_OPER_MSI_L1C_TL_…_T32TPS_B04.jp2
    LandsatSurface, ///< LC08_L2SP_193027_20200822_20200905_02_T1_SR_B4.TIF
    Plain,          ///< B04.tif, red.tif, S2A_32TPS_20200822_0_L2A_nir08.tif: the asset's name of a catalogue
};

/// What the name of a file of one band says.
struct BandFileName {
    BandFiles kind = BandFiles::Plain;
    std::string band;  ///< "B04", "B8A", "Fmask", "SZA", "QA_PIXEL", "SCL", "red", as written but for case
    std::string group; ///< what the files of one acquisition have in common; empty: nothing but their folder
    OpticalSensor sensor = OpticalSensor::Unknown;
    int metres = 0;      ///< of a pixel, where the name says it
    std::string date{};  ///< ISO day; empty: not said
    std::string time{};  ///< UTC, as 10:15:59; empty: not said
    bool surface = true; ///< reflectance of the surface (Level-2), not at the top of the atmosphere
};

/// None when the name is not that of a band (nor of a mask or an angle that comes with bands).
std::optional<BandFileName> bandFileNameOf(const std::string& fileName);

} // namespace nunatak::scene::products
