// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

// What the reader of foreign HDF5 files (app/hdf5_reader) writes into its pipe: the greeting, then records. A
// record is its kind and the length of its name (two std::uint32_t), the name, and what its kind says below.
// Numbers are as the machine has them: both ends run on the same one.
namespace nunatak::exchange::hdf5 {

inline constexpr char greeting[8] = {'N', 'T', 'K', 'H', 'D', 'F', '5', '1'};

enum class RecordKind : std::uint32_t {
    Group = 1,  ///< begins a layer of weights or a tile
    EndOfGroup, ///< of the last one that began
    /// std::uint32_t rank, rank × std::uint64_t extents, then the values as float in pieces, each after its
    /// number of values (std::uint32_t); a piece of none means that a Failure comes instead of the rest.
    Array,
    Text,      ///< std::uint32_t length, then the text: an attribute
    Number,    ///< double: an attribute, or "tiles", how many will come
    Failure,   ///< as Text; why the file cannot be used. Nothing follows
    EndOfFile, ///< nothing follows
};

/// How weights are saved so that they can be imported, as the end of a sentence.
inline constexpr const char* savePlainly =
    "save its weights in the older layout: with Keras 2 by model.save_weights(\"NAME_weights.h5\") (a name "
    "that "
    "does not end in .weights.h5), with Keras 3 by the lines in docs/models.md";

inline constexpr std::uint32_t maxName = 1024;
inline constexpr std::uint32_t maxText = 4096;
inline constexpr std::uint32_t maxRank = 8;

// What the reader allows itself.
inline constexpr std::size_t readerMemory = std::size_t{1} << 30;
inline constexpr unsigned readerSeconds = 60; ///< of processor time, for a file of weights or a tile

} // namespace nunatak::exchange::hdf5
