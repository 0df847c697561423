// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "handle.h"
#include "record_writer.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::hdf5_reader {

/// The names of the links of a group, in alphabetical order.
std::vector<std::string> linkNames(hid_t group);
/// What the link leads to: H5O_TYPE_GROUP, H5O_TYPE_DATASET or another; H5O_TYPE_UNKNOWN where nothing can be
/// opened.
H5O_type_t objectType(hid_t group, const std::string& name);

bool hasAttribute(hid_t object, const std::string& name);
/// The texts of an attribute: of variable or fixed length, one or a list; none for an empty list of numbers,
/// which is what Keras makes of an empty list of names.
std::vector<std::string> textsOf(hid_t object, const std::string& attribute);
/// An attribute that is one number, or none where it is missing.
std::optional<double> numberOf(hid_t object, const std::string& attribute);

/// Sends a dataset of numbers, as many of its rows at a time as fit a few megabytes.
void sendDataset(hid_t group, const std::string& name, RecordWriter& out);

} // namespace nunatak::hdf5_reader
