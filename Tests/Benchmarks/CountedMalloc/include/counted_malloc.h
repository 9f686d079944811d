#pragma once

/// How often memory was asked for since the program began, in all of its threads.
unsigned long counted_allocations(void);
